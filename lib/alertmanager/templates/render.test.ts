import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { executeTemplate } from "./engine";
import type { TemplateData } from "./model";
import { parseTemplates } from "./template-set";

// Our own inputs, answered by `amtool template render` of Debian's 0.25.0. Left out are addresses of pointers, the page of
// email.default.html, and what Go changed between the 1.19 of that build and the 1.24 and later of 0.28 and its successors.
interface Case {
  kind: "text" | "html";
  data: string;
  text: string;
  output?: string;
  error?: string;
}

const read = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), "utf8");
const data = JSON.parse(read("templates-data.json")) as Record<string, TemplateData>;
const cases = read("render-0.25.jsonl")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);
const profile = profileFor("alertmanager@0.25");
const { set } = parseTemplates([], profile);

const SHARE = 500;
const shares = Array.from({ length: Math.ceil(cases.length / SHARE) }, (_, at) => at * SHARE);

it.each(shares)("renders as 0.25 does, from text %d on", (from) => {
  const wrong = cases.slice(from, from + SHARE).flatMap((given) => {
    const { kind, text, output, error } = given;
    const result = executeTemplate(set, { kind, text, data: data[given.data]!, profile });
    const answer = result.ok ? { output: result.output } : { error: result.error };
    return (result.ok ? result.output === output : result.error === error) ? [] : [{ given, answer }];
  });
  expect(wrong).toEqual([]);
});
