import { expect, test } from "vitest";
import { isSecret, newSecret, secretHash } from "./secret-text";

test("a secret is recognised by its prefix and its checksum, without asking anybody", () => {
  const all = Array.from({ length: 200 }, () => newSecret("sbx"));
  expect(new Set(all).size).toBe(200);
  for (const secret of all) {
    expect(secret).toMatch(/^sbx_[0-9A-Za-z]{49}$/);
    expect(isSecret("sbx", secret)).toBe(true);
  }
  const [one = ""] = all;
  const changed = (at: number) => `${one.slice(0, at)}${one[at] === "a" ? "b" : "a"}${one.slice(at + 1)}`;
  for (let at = 4; at < one.length; at++) expect(isSecret("sbx", changed(at)), String(at)).toBe(false);
  expect(isSecret("sbxr", one)).toBe(false);
  expect(isSecret("sbx", newSecret("sbxr"))).toBe(false);
  expect(isSecret("sbx", `${one}\n`)).toBe(false);
  expect(secretHash(one)).toHaveLength(32);
});

test("the random part holds all 256 bits: its digits are even", () => {
  const counts = new Map<string, number>();
  for (let n = 0; n < 400; n++)
    for (const digit of newSecret("sbx").slice(10, 47)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  expect(counts.size).toBe(62);
  for (const count of counts.values()) expect(count).toBeGreaterThan(140);
});
