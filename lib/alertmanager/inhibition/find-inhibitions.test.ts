import { expect, it } from "vitest";
import type { InhibitRule } from "../config/types";
import { profileFor } from "../profiles";
import { findInhibitions } from "./find-inhibitions";

const RULES: InhibitRule[] = [
  { source_matchers: ['s=~"("'] },
  { name: "r", source_matchers: ["s=~crit|major"], target_matchers: ["s=~major|warn"], equal: ["dc"] },
];
const FIRING: Record<string, string>[] = [
  { s: "crit", dc: "x", n: "1" },
  { s: "major", dc: "x", n: "2" },
  { s: "crit", dc: "y" },
];
const on = (version: string) => findInhibitions(RULES, profileFor(`alertmanager@${version}`), FIRING);

it("names the rule by its place, and all sources that may do it", () => {
  expect(on("0.29")({ s: "warn", dc: "x" })).toEqual([{ rule: 1, name: "r", sources: FIRING.slice(0, 2) }]);
  expect(on("0.34")({ s: "warn", dc: "x" })).toEqual([{ rule: 1, name: "r", sources: FIRING.slice(0, 2) }]);
  expect(on("0.34")({ s: "warn", dc: "z" })).toEqual([]);
  expect(findInhibitions(undefined, profileFor("alertmanager@0.34"), FIRING)({ s: "warn" })).toEqual([]);
});

it("differs since 0.30 where the remembered source is the alert's own kind", () => {
  expect(on("0.29")({ s: "major", dc: "x", n: "3" })).toEqual([{ rule: 1, name: "r", sources: FIRING.slice(0, 1) }]);
  expect(on("0.34")({ s: "major", dc: "x", n: "3" })).toEqual([]);
});
