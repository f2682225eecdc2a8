import { expect, test } from "vitest";
import { processing, processingMarkdown } from "./processing";
import { PERSONAL_COLUMNS } from "./tables";

test("every annotated column is in the record once, each activity with a basis, recipients and what it is for", () => {
  const { activities } = processing();
  const listed = activities.flatMap(({ columns }) => columns.map(({ column }) => column)).sort();
  expect(listed).toEqual(PERSONAL_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort());
  for (const { purpose, recipients, bases, categories, columns } of activities) {
    expect([purpose, recipients].every((text) => text.length > 10)).toBe(true);
    expect(Math.min(bases.length, categories.length, columns.length)).toBeGreaterThan(0);
  }
});

test("the Markdown tells the same", () => {
  const text = processingMarkdown();
  for (const { table, column, why } of PERSONAL_COLUMNS) {
    const line = text.split("\n").find((candidate) => candidate.startsWith(`| ${table}.${column} |`));
    expect(line).toContain(why ?? "|");
  }
  expect(text).not.toMatch(/compliant|undefined/i);
});
