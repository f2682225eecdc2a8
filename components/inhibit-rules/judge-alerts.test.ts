import { describe, expect, it } from "vitest";
import type { InhibitRule } from "@/lib/alertmanager";
import { judgeAlerts } from "./judge-alerts";

const RULES: InhibitRule[] = [
  { name: "r", source_matchers: ["s=~crit|major"], target_matchers: ["s=~major|warn"], equal: ["dc"] },
];
const crit = { labels: { s: "crit", dc: "x" }, endsAt: "2026-11-23T12:00:00Z" };
const major = { labels: { s: "major", dc: "x" }, endsAt: "2026-11-23T12:05:00Z" };
const warn = { labels: { s: "warn", dc: "x" } };
const other = { labels: { s: "warn", dc: "y" } };
const verdicts = (targets: string[], alerts = [crit, major, warn, other]) =>
  judgeAlerts(RULES, targets, alerts).map(({ inhibitedBy, muting, passing }) => [inhibitedBy.length, muting, passing]);

describe("what becomes of alerts", () => {
  it("names those that are muted, and where targets do not agree", () => {
    expect(verdicts(["alertmanager@0.28", "alertmanager@0.34"])).toEqual([
      [0, [], ["alertmanager@0.28", "alertmanager@0.34"]],
      [1, ["alertmanager@0.28"], ["alertmanager@0.34"]],
      [1, ["alertmanager@0.28", "alertmanager@0.34"], []],
      [0, [], ["alertmanager@0.28", "alertmanager@0.34"]],
    ]);
  });

  it("asks the other side of 0.30 where all targets are on one", () => {
    expect(verdicts(["alertmanager@0.34"])[1]).toEqual([0, ["alertmanager@0.29"], ["alertmanager@0.34"]]);
    expect(verdicts(["alertmanager@0.25"])[1]).toEqual([1, ["alertmanager@0.25"], ["alertmanager@0.30"]]);
  });

  it("depends on which source ends last, in whatever order they come", () => {
    const early = { ...major, endsAt: "2026-11-23T11:00:00Z" };
    expect(verdicts(["alertmanager@0.34"], [crit, early])[1]).toEqual([
      1,
      ["alertmanager@0.34", "alertmanager@0.29"],
      [],
    ]);
    expect(verdicts(["alertmanager@0.34"], [major, crit])[0]).toEqual([
      0,
      ["alertmanager@0.29"],
      ["alertmanager@0.34"],
    ]);
  });
});
