import { expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import type { Firings } from "@/lib/history/contract";
import { setAt } from "../fields/set-at";
import { recentAlerts } from "./recent-alerts";
import { RouteCounts, seenIn } from "./route-counts";
import type { RecentAlert } from "./worker-protocol";

const PROFILE = "alertmanager@0.34";
const config: Config = {
  route: {
    id: "root",
    routes: [
      { id: "a", matchers: ['team="a"'], continue: true },
      { id: "critical", matchers: ['severity="critical"'] },
    ],
  },
};
const alert = (count: number, labels: Record<string, string>): RecentAlert => ({ labels, count });

it("counts firings on every route that notifies about them", () => {
  const alerts = [alert(3, { team: "a" }), alert(2, { team: "a", severity: "critical" }), alert(1, {})];
  const counts = new RouteCounts(() => 0);
  expect(counts.lacks(config, alerts, PROFILE)).toBe(true);
  counts.step(config, alerts, PROFILE, 10);
  expect(counts.counts()).toEqual({ root: 1, a: 5, critical: 2 });
  expect(counts.lacks({ ...config, receivers: [] }, alerts, PROFILE)).toBe(false);
});

it("counts in parts and keeps the counts of before until all is counted", () => {
  let time = 0;
  const counts = new RouteCounts(() => time++);
  const alerts = Array.from({ length: 150 }, () => alert(1, { team: "a" }));
  let parts = 0;
  while (counts.lacks(config, alerts, PROFILE)) {
    counts.step(config, alerts, PROFILE, 1);
    parts += 1;
  }
  expect(parts).toBe(3);
  expect(counts.counts()).toEqual({ a: 150 });
  const edited = setAt(config, ["route", "routes", 0, "matchers"], ['team="b"']);
  counts.step(edited, alerts, PROFILE, 1);
  expect(counts.counts()).toEqual({ a: 150 });
  counts.step(edited, alerts, PROFILE, 100);
  expect(counts.counts()).toEqual({ root: 150 });
});

it("has no counts without alerts", () => {
  const counts = new RouteCounts(() => 0);
  expect(counts.lacks(config, [], PROFILE)).toBe(false);
  counts.step(config, [alert(1, {})], PROFILE, 1);
  expect(counts.lacks(config, [], PROFILE)).toBe(true);
  counts.step(config, [], PROFILE, 1);
  expect(counts.counts()).toBeNull();
});

it("reads what the history tells, and which labels there were", () => {
  const sets: Firings["sets"] = [
    { labels: { team: "a" }, firings: [1, 2, 5, 6] },
    { labels: { team: "b", zone: "z" }, firings: [3, 4] },
  ];
  const alerts = recentAlerts({ from: "", to: "", truncated: false, sets });
  expect(alerts.map(({ count }) => count)).toEqual([2, 1]);
  expect(seenIn(alerts)).toEqual({ alerts: 2, values: { team: { a: 1, b: 1 }, zone: { z: 1 } } });
  expect(seenIn([])).toBeNull();
});
