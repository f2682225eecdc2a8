import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { seededRandom } from "../seeded";
import { soakConfig } from "./configurations";
import { FileWitness } from "./file-witness";

test("a seed gives the same numbers again, spread over [0, 1)", () => {
  const [one, again, other] = [seededRandom(7), seededRandom(7), seededRandom(8)];
  const numbers = Array.from({ length: 1_000 }, () => one());
  expect(Array.from({ length: 1_000 }, () => again())).toEqual(numbers);
  expect(other()).not.toBe(numbers[0]);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(numbers.reduce((sum, number) => sum + number, 0) / 1_000).toBeCloseTo(0.5, 1);
});

test("the witness takes whole texts that it was told of, and nothing else", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "signalbox-witness-"));
  const file = path.join(folder, "alertmanager.yml");
  const [before, after] = [soakConfig("a", false), soakConfig("b", true)];
  writeFileSync(file, before);
  const witness = new FileWitness([file]);
  try {
    witness.expect(before);
    witness.look();
    writeFileSync(file, after);
    expect(witness.faults).toEqual([]);
    witness.look();
    expect(witness.faults).toHaveLength(1);
    witness.expect(after);
    witness.look();
    writeFileSync(file, after.slice(0, -1));
    witness.look();
    expect(witness.faults).toHaveLength(2);
  } finally {
    witness.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
