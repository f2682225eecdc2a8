import { expect, it } from "vitest";
import { placeAt } from "./use-route-drag";

it.each([
  [2, false, "before"],
  [20, false, "child"],
  [38, false, "after"],
  [2, true, "child"],
] as const)("a drop %i px down in a row of 40 goes there", (y, isRoot, place) => {
  expect(placeAt(y, 40, isRoot)).toBe(place);
});
