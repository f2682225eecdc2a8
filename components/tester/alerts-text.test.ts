import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printLabels, readLabels } from "./alerts-text";

const labels = { alertname: "Down", team: "db" };

describe("readLabels", () => {
  it.each([
    'alertname="Down", team="db"',
    "{alertname=Down,team=db}",
    "alertname=Down team=db",
    '# asked by Bob\n\n  alertname="Down",team="db",\n',
    '{"alertname": "Down", "team": "db"}',
    '[{"labels": {"alertname": "Down", "team": "db"}, "annotations": {}}]',
    '{"status": "firing", "alerts": [{"labels": {"alertname": "Down", "team": "db"}}]}',
  ])("reads %j", (text) => {
    expect(readLabels(text)).toEqual({ alerts: [labels], problem: null });
  });

  it("reads an alert a line", () => {
    expect(readLabels("a=b\nc=d\na=b").alerts).toEqual([{ a: "b" }, { c: "d" }]);
    expect(readLabels(" \n")).toEqual({ alerts: [], problem: null });
  });

  it.each([
    ["a=b\nteam", { code: "line", line: 2 }],
    ['a=~"b"', { code: "operator", line: 1 }],
    ["a=b, a=c", { code: "twice", line: 1 }],
    ["[{", { code: "json", line: 1 }],
    ['{"a": 1}', { code: "alert", line: 1 }],
    ["[]", { code: "none", line: 1 }],
    [Array.from({ length: 21 }, (_, index) => `a=${index}`).join("\n"), { code: "many", line: 21 }],
  ])("says what is wrong with %j", (text, problem) => {
    expect(readLabels(text).problem).toEqual(problem);
  });

  it("reads what printLabels prints", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((one) => one.isWellFormed());
    const set = fc.dictionary(fc.oneof(text, fc.constantFrom("team", "a b", "ключ")), text, { minKeys: 1, maxKeys: 4 });
    fc.assert(
      fc.property(set, (one) => {
        expect(readLabels(printLabels(one))).toEqual({ alerts: [one], problem: null });
      }),
      { numRuns: 200 },
    );
  });
});
