import { expect, it } from "vitest";
import { judgesOf } from "./judges-of";

const TARGETS = [
  { name: "eu", profile: "alertmanager@0.34" },
  { name: "old", profile: "alertmanager@0.25" },
  { name: "us", profile: "alertmanager@0.34" },
];

it("names the targets that route alike together, and asks the first unless another is wanted", () => {
  const { profile, all } = judgesOf(TARGETS, "");
  expect(profile).toBe("alertmanager@0.34");
  expect(all).toEqual([
    { profile: "alertmanager@0.34", targets: ["eu", "us"] },
    { profile: "alertmanager@0.25", targets: ["old"] },
  ]);
  expect(judgesOf(TARGETS, "alertmanager@0.25").profile).toBe("alertmanager@0.25");
  // A target that is gone, or none at all.
  expect(judgesOf(TARGETS, "mimir@3.2").profile).toBe("alertmanager@0.34");
  expect(judgesOf([], "mimir@3.2")).toEqual({ profile: null, all: [] });
});
