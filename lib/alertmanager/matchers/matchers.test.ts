import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileRegexp, matches } from "./match";
import { type Matcher, parseMatchers } from "./parse";
import { printMatchers } from "./print";

type Answer = { ok: true; matchers: Matcher[]; string: string } | { ok: false; error: string };
interface Case {
  id: string;
  input?: string;
  classic?: Answer;
  utf8?: Answer;
  fallback?: Answer;
  matchers?: Matcher[];
  match?: { labels: Record<string, string>; matched: boolean }[];
  error?: string;
}

const cases = readFileSync(new URL("./testdata/matchers.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

describe("matchers answer as the real program", () => {
  it.each(cases)("$id", ({ input, matchers: given, match, error, ...answers }) => {
    let matchers = given;
    if (input !== undefined) {
      for (const dialect of ["classic", "utf8", "fallback"] as const) {
        const parsed = parseMatchers(input, dialect);
        const answer = parsed.ok
          ? { ok: true, matchers: parsed.matchers, string: printMatchers(parsed.matchers) }
          : { ok: false, error: parsed.error };
        expect({ dialect, answer }).toEqual({ dialect, answer: answers[dialect] });
        if (dialect === "fallback" && parsed.ok) matchers = parsed.matchers;
      }
    }
    if (error !== undefined) {
      const errors = matchers!.filter(({ op }) => op.endsWith("~")).map(({ value }) => compileRegexp(value));
      expect(errors).toContainEqual({ ok: false, error });
    }
    for (const { labels, matched } of match ?? []) {
      expect({ labels, matched: matches(matchers!, labels) }).toEqual({ labels, matched });
    }
  });
});
