import { expect, it } from "vitest";
import { isObject } from "./is-object";

it("knows a mapping from a list, from null and from what is neither", () => {
  expect([{}, { a: 1 }, [], null, undefined, "a", 1].map(isObject)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
