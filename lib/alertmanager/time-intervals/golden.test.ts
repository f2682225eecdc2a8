import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { containsInstant } from "./contains-instant";
import { parseTimeIntervals } from "./parse-list";

interface Case {
  id: string;
  yaml: string;
  at: string;
  contains?: boolean;
  error?: string;
}

const cases = readFileSync(new URL("./testdata/timeintervals.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

const profile = profileFor("alertmanager@0.34");

describe("time intervals answer as the real program", () => {
  it.each(cases)("$id", ({ yaml, at, contains, error }) => {
    const parsed = parseTimeIntervals(yaml, profile);
    if (error !== undefined) expect(parsed).toEqual({ ok: false, error });
    else expect(parsed.ok && containsInstant(parsed.interval, Date.parse(at))).toBe(contains);
  });
});
