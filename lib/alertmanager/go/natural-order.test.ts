import { expect, it } from "vitest";
import { naturally } from "./natural-order";

it.each([
  [
    ["a10", "a9", "a1", "a2"],
    ["a1", "a2", "a9", "a10"],
  ],
  // A number by its value, then by its length.
  [
    ["a01", "a1", "a2", "a002"],
    ["a1", "a01", "a2", "a002"],
  ],
  // A zero within a number belongs to it.
  [
    ["a100", "a12", "a1"],
    ["a1", "a12", "a100"],
  ],
  // Letters come last, and capitals before small ones.
  [
    ["aa", "a_", "a1", "aB", "a-"],
    ["a-", "a_", "a1", "aB", "aa"],
  ],
  [
    ["b", "ab", "a"],
    ["a", "ab", "b"],
  ],
  [
    ["1.10", "1.9", "1.9.1"],
    ["1.9", "1.9.1", "1.10"],
  ],
])("sorts %j", (given, sorted) => {
  expect([...given].sort(naturally)).toEqual(sorted);
  expect([...given].reverse().sort(naturally)).toEqual(sorted);
});

it("reads any script's digits as Go does, which takes their distance to 0", () => {
  // ٣ is U+0663, far behind 9.
  expect(["k٣", "k9", "k٢"].sort(naturally)).toEqual(["k9", "k٢", "k٣"]);
});

it("counts in 64 bits as Go does", () => {
  // 2^63 is the least of all numbers there.
  expect(["k9223372036854775808", "k1"].sort(naturally)).toEqual(["k9223372036854775808", "k1"]);
});
