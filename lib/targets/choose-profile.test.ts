import { expect, it } from "vitest";
import { chooseProfile, fromOldest, oldestProfile } from "./choose-profile";

const IDS = ["alertmanager@0.34", "alertmanager@0.25", "alertmanager@0.31", "mimir@3.2"];

it.each([
  ["0.25.0", "alertmanager@0.25"],
  ["v0.31.1", "alertmanager@0.31"],
  ["0.28.0", "alertmanager@0.25"],
  ["0.40.0", "alertmanager@0.34"],
  ["0.9.0", "alertmanager@0.25"],
  [null, "alertmanager@0.34"],
  ["nonsense", "alertmanager@0.34"],
])("%s is judged by %s", (version, id) => expect(chooseProfile(version, IDS, "alertmanager@0.34")).toBe(id));

it("names the oldest of several targets first", () => {
  expect(fromOldest(["alertmanager@0.34", "alertmanager@0.25", "alertmanager@0.31"])).toEqual([
    "alertmanager@0.25",
    "alertmanager@0.31",
    "alertmanager@0.34",
  ]);
  expect(oldestProfile(["alertmanager@0.34", "alertmanager@0.25"], "alertmanager@0.34")).toBe("alertmanager@0.25");
  expect(oldestProfile([], "alertmanager@0.34")).toBe("alertmanager@0.34");
});
