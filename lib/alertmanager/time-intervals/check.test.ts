import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";

interface Case {
  id: string;
  yaml: string;
  error?: string;
}

const cases = readFileSync(new URL("./testdata/timeintervals.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case)
  .filter(({ yaml }, index, all) => all.findIndex((other) => other.yaml === yaml) === index);

describe("time intervals are judged as by the real program", () => {
  it.each(cases)("$id", ({ yaml, error }) => {
    const indented = yaml.trim().replace(/^/gm, "    ");
    const text = `route: {receiver: a}\nreceivers: [{name: a}]\ntime_intervals:\n- name: t\n  time_intervals:\n${indented}\n`;
    const { diagnostics } = parseConfig(text, { profile: profileFor("alertmanager@0.34"), newId: () => "id" });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (error === undefined) expect(errors).toEqual([]);
    else if (error.startsWith("yaml:")) expect(errors).not.toEqual([]);
    else expect(errors.map(({ upstream }) => upstream)).toContain(error);
  });
});
