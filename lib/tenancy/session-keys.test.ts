import { expect, test } from "vitest";
import { hashOfKey, newSessionKey } from "./session-keys";

test("a session's key holds 256 bits from the generator for them, and is kept as a hash", () => {
  const keys = Array.from({ length: 200 }, newSessionKey);
  expect(new Set(keys).size).toBe(200);
  for (const key of keys) expect(Buffer.from(key, "base64url")).toHaveLength(32);
  // Every bit is now this and now that.
  const bytes = keys.map((key) => Buffer.from(key, "base64url"));
  for (let bit = 0; bit < 256; bit++) {
    expect(new Set(bytes.map((one) => ((one[bit >> 3] ?? 0) >> (bit & 7)) & 1)).size).toBe(2);
  }
  const [key = "", other = ""] = keys;
  expect(hashOfKey(key)).toHaveLength(32);
  expect(hashOfKey(key)).toEqual(hashOfKey(key));
  expect(hashOfKey(key)).not.toEqual(hashOfKey(other));
});
