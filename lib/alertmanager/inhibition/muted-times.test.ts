import { expect, it } from "vitest";
import type { InhibitRule } from "../config/types";
import { profileFor } from "../profiles";
import { mutedTimes } from "./muted-times";

const profile = profileFor("alertmanager@0.34");
const RULES: InhibitRule[] = [
  { source_matchers: ["s=crit"], target_matchers: ["s=~warn|both"], equal: ["dc"] },
  { source_matchers: ["s=~both|down"], target_matchers: ["s=~both|warn"] },
];
const crit = { labels: { s: "crit", dc: "x" }, firings: [10, 20, 40, 60] };
const again = { labels: { s: "crit", dc: "x", n: "2" }, firings: [15, 30] };
const other = { labels: { s: "crit", dc: "y" }, firings: [0, 100] };
const down = { labels: { s: "down" }, firings: [55, 70] };
const both = { labels: { s: "both", dc: "x" }, firings: [0, 12] };
const HISTORY = [crit, again, other, down, both];

it("is muted while any source fires, apart and in order", () => {
  const times = mutedTimes(RULES, profile, HISTORY);
  expect(times({ labels: { s: "warn", dc: "x" }, firings: [0, 50, 52, 90] })).toEqual([0, 30, 40, 50, 52, 70]);
  expect(times({ labels: { s: "warn", dc: "z" }, firings: [20, 50] })).toEqual([]);
  expect(times({ labels: { s: "info", dc: "x" }, firings: [0, 100] })).toEqual([]);
  // It matches both sides of the second rule: only what matches the source side alone mutes it.
  expect(times({ ...both, firings: [0, 65] })).toEqual([10, 30, 40, 65]);
});

it("knows nothing without rules, and works for each list of rules once", () => {
  expect(mutedTimes(undefined, profile, HISTORY)(crit)).toEqual([]);
  expect(mutedTimes([{ source_matchers: ["s=~("] }], profile, HISTORY)(crit)).toEqual([]);
  expect(mutedTimes(RULES, profile, HISTORY)).toBe(mutedTimes(RULES, profile, HISTORY));
  expect(mutedTimes([...RULES], profile, HISTORY)).not.toBe(mutedTimes(RULES, profile, HISTORY));
  const shop = profileFor('alertmanager@0.34{namespace="shop"}');
  expect(mutedTimes(RULES, shop, HISTORY)({ labels: { s: "warn", dc: "x" }, firings: [0, 50] })).toEqual([]);
});
