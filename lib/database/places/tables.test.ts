import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { DIRECTORY_TABLES } from "./tables";

test("the README says of each table that stays what becomes of its rows after a crash", () => {
  const rows = readFileSync(path.join(import.meta.dirname, "README.md"), "utf8")
    .split("\n")
    .flatMap((line) => /^\| (`.*?) \|/.exec(line)?.[1]?.match(/[a-z_]+/g) ?? []);
  expect(rows.toSorted()).toEqual([...DIRECTORY_TABLES].sort());
});
