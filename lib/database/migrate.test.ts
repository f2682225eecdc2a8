import { expect, test } from "vitest";
import { pendingMigrations } from "./migrate";

const migration = (name: string, checksum = `sum of ${name}`) => ({ name, checksum, sql: "", tenantSql: null });
const applied = (name: string, checksum = `sum of ${name}`, finished = true) => ({
  migration_name: name,
  checksum,
  finished_at: finished ? new Date(0) : null,
});

test("what is not in the history is pending, in order", () => {
  expect(pendingMigrations([migration("1"), migration("2"), migration("3")], [applied("1")])).toEqual([
    migration("2"),
    migration("3"),
  ]);
});

test("refuses a history that contradicts the folder", () => {
  expect(() => pendingMigrations([migration("1")], [applied("1", "other")])).toThrow(/modified after it was applied/);
  expect(() => pendingMigrations([migration("1")], [applied("1", undefined, false)])).toThrow(/failed earlier/);
  expect(() => pendingMigrations([migration("1")], [applied("1"), applied("2")])).toThrow(/newer than this program/);
});
