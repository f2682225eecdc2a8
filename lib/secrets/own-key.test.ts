import { expect, test } from "vitest";
import { newOwnKey, openUnder, sealUnder } from "./own-key";

const key = newOwnKey();

test("opens what it sealed, in its place only", () => {
  const sealed = sealUnder(key, "grüße", "tenant|person|field");
  expect(openUnder(key, sealed, "tenant|person|field")).toBe("grüße");
  expect(sealed.toString("latin1")).not.toContain("gr");
  expect(sealUnder(key, "grüße", "tenant|person|field").equals(sealed)).toBe(false);
  expect(() => openUnder(key, sealed, "tenant|person|other")).toThrow();
  expect(() => openUnder(newOwnKey(), sealed, "tenant|person|field")).toThrow();
});

test("refuses a value of which any byte was changed or that is cut", () => {
  const sealed = sealUnder(key, "x", "c");
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => openUnder(key, changed, "c")).toThrow();
    expect(() => openUnder(key, sealed.subarray(0, at), "c")).toThrow();
  }
});
