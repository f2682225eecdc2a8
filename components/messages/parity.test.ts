import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "@/lib/errors";
import { LOCALES, NAMESPACES } from "./namespaces";

type Tree = { [key: string]: string | Tree };

function read(locale: string, namespace: string): Tree {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, locale, `${namespace}.json`), "utf8"));
}

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (typeof value === "string") flat.set(name, value);
    else for (const [inner, text] of flatten(value, name)) flat.set(inner, text);
  }
  return flat;
}

/** Names of arguments at the top level of an ICU message, and of rich-text tags. */
function argumentsOf(text: string): string[] {
  const names = new Set<string>();
  for (const [, name] of text.replace(/'[{<][^']*'/g, "").matchAll(/\{\s*(\w+)\s*[,}]/g)) if (name) names.add(name);
  for (const [, tag] of text.matchAll(/<(\w+)>/g)) if (tag) names.add(`<${tag}>`);
  return [...names].sort();
}

describe.each(LOCALES)("%s", (locale) => {
  it("has exactly the listed namespaces", () => {
    const files = readdirSync(path.join(import.meta.dirname, locale)).map((file) => path.basename(file, ".json"));
    expect(files.sort()).toEqual([...NAMESPACES].sort());
  });
});

describe.each(NAMESPACES)("namespace %s", (namespace) => {
  const english = flatten(read("en", namespace));

  it.each(LOCALES.filter((locale) => locale !== "en"))("has the same keys and arguments in %s", (locale) => {
    const other = flatten(read(locale, namespace));
    expect([...other.keys()].sort()).toEqual([...english.keys()].sort());
    const argumentsIn = (texts: Map<string, string>) =>
      Object.fromEntries([...texts].map(([key, text]) => [key, argumentsOf(text)]));
    expect(argumentsIn(other)).toEqual(argumentsIn(english));
  });
});

it("has a text for every error code", () => {
  expect(Object.keys(read("en", "errors")).sort()).toEqual([...Object.keys(ERROR_CODES), "network"].sort());
});
