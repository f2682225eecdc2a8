import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openRows, problemsOf, type Row, readRows, requirementLevels, summary, titlesIn } from "./table";

const levels = requirementLevels();

test("every requirement is met by a test that exists, or says why not", () => {
  expect(levels.size).toBe(345);
  expect(problemsOf(readRows(), levels)).toEqual([]);
});

test("SECURITY.md has the numbers of the table, and all that is open", () => {
  const rows = readRows();
  const told = readFileSync("SECURITY.md", "utf8");
  expect(told).toContain(summary(rows, levels));
  expect(told).toContain(openRows(rows));
});

describe("this test sees", () => {
  const row = (more: Partial<Row>): Row => ({ id: "V1.1.1", level: 2, about: "x", status: "met", tests: [], ...more });
  const one = (more: Partial<Row>) => problemsOf([row(more)], new Map([["V1.1.1", 2]]));
  const own = "lib/testing/asvs/asvs.test.ts: ";

  test.each<[string, Partial<Row>]>([
    ["is met, and no test shows it", {}],
    ["there is no test “nobody wrote this”", { tests: [`${own}nobody ${"wrote"} this`] }],
    ["there is no test", { tests: ["lib/none.test.ts: a title"] }],
    ["is not-applicable, and nothing says why", { status: "not-applicable" }],
    ["is open, and nothing says why", { status: "open" }],
    ["is no requirement of level 1", { level: 1, status: "open", reason: "nobody did it yet" }],
  ])("%s", (words, more) => {
    expect(one(more)).toEqual([expect.stringContaining(words)]);
  });

  test("a number that is missing, and one that stands twice", () => {
    const fine = row({ tests: [`${own}titles as they are written, and none that is skipped`] });
    expect(problemsOf([fine], new Map([["V1.1.1", 2]]))).toEqual([]);
    expect(problemsOf([fine, fine], new Map([["V1.1.1", 2]]))).toEqual(["V1.1.1 stands twice"]);
    expect(
      problemsOf(
        [],
        new Map([
          ["V9.9.9", 1],
          ["V9.9.8", 3],
        ]),
      ),
    ).toEqual(["V9.9.9 is missing", "V9.9.8 is missing"]);
  });

  test("titles as they are written, and none that is skipped", () => {
    const source = [
      'test("a \\"b\\"", () => {});',
      "test.each([1])(`c %s`, () => {});",
      `test.${"skip"}("d", () => {});`,
      'describe("e", () => {});',
    ].join("\n");
    expect([...titlesIn(source)]).toEqual(['a "b"', "c %s"]);
  });
});
