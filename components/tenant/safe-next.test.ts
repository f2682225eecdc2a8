import { expect, it } from "vitest";
import { safeNext } from "./safe-next";

it.each([
  ["/meridian/receivers?q=a#b", "/meridian/receivers?q=a#b"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["/.//evil.example", "/"],
  ["/a/..//evil.example", "/"],
  ["/%2e//evil.example", "/"],
  ["https://evil.example/", "/"],
  ["javascript:alert(1)", "/"],
  [undefined, "/"],
])("%s leads to %s", (value, expected) => {
  expect(safeNext(value)).toBe(expected);
});
