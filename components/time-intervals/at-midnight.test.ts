import { expect, it } from "vitest";
import { atMidnight } from "./at-midnight";

it("makes two of a range over midnight, or one that ends there", () => {
  expect(atMidnight({ start_time: "22:00", end_time: "06:00" })).toEqual([
    { start_time: "22:00", end_time: "24:00" },
    { start_time: "00:00", end_time: "06:00" },
  ]);
  expect(atMidnight({ start_time: "22:00", end_time: "00:00" })).toEqual([{ start_time: "22:00", end_time: "24:00" }]);
});

it("leaves alone what is a range, or none at all", () => {
  for (const [start_time, end_time] of [
    ["09:00", "17:00"],
    ["09:00", "09:00"],
    ["22:00", "6"],
    ["25:00", "06:00"],
  ]) {
    expect(atMidnight({ start_time: start_time!, end_time: end_time! })).toBeNull();
  }
  expect(atMidnight(null)).toBeNull();
  expect(atMidnight({ start_time: "22:00" })).toBeNull();
});
