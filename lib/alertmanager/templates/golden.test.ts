import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { TemplateFile } from "../config/types";
import { profileFor } from "../profiles";
import { executeTemplate } from "./engine";
import type { TemplateData } from "./model";
import { parseTemplates } from "./template-set";

interface Case {
  id: string;
  kind: "text" | "html";
  templates: TemplateFile[];
  text: string;
  data: string;
  expect: Record<string, { ok: true; output: string } | { ok: false; error: string }>;
}

const read = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), "utf8");
const data = JSON.parse(read("templates-data.json")) as Record<string, TemplateData>;
const cases = read("templates.jsonl")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

function answerOf({ kind, templates, text, data: name }: Case, version: string) {
  const profile = profileFor(`alertmanager@${version}`);
  const files = templates.toSorted((left, right) => (left.name < right.name ? -1 : 1));
  const { set, diagnostics } = parseTemplates(files, profile);
  if (diagnostics[0]) return { ok: false, error: diagnostics[0].error };
  const result = executeTemplate(set, { kind, text, data: data[name]!, profile });
  return result.ok ? result : { ok: false, error: result.error };
}

/** The page of `email.default.html` is not among our default templates: answers that hold it are compared elsewhere. */
function holdsThePage(answer: Case["expect"][string]): boolean {
  return answer.ok && answer.output.includes("<!DOCTYPE html PUBLIC");
}

describe.each(["0.28", "0.33", "0.34"])("templates answer as Alertmanager %s", (version) => {
  const judged = cases.filter((given) => !holdsThePage(given.expect[version]!));

  it.each(judged)("$id", (given) => {
    const expected = given.expect[version]!;
    // The command line ends its errors with a line feed.
    expect(answerOf(given, version)).toEqual(
      expected.ok ? expected : { ok: false, error: expected.error.replace(/\n$/, "") },
    );
  });

  it("judges all but the answers with that page", () => expect(cases.length - judged.length).toBe(3));
});
