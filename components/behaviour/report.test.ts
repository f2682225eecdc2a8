import { describe, expect, it } from "vitest";
import { type Config, foldFirings, profileFor, type Route } from "@/lib/alertmanager";
import { pageLoss, receiverRows } from "./receiver-rows";
import { clipHistory, MOST_TOLD, type ReportQuestion, reportBehaviour } from "./report";

const profile = profileFor("alertmanager@0.34");
const configOf = (...routes: Omit<Route, "id">[]): Config => ({
  route: {
    ...{ id: "r", receiver: "mail", group_by: ["alertname"] },
    routes: routes.map((route, index) => ({ id: `${index}`, ...route })),
  },
  receivers: [
    { id: "1", name: "pager", pagerduty_configs: [{ id: "p", routing_key: "x" }] },
    { id: "2", name: "chat", slack_configs: [{ id: "s", channel: "#x" }] },
    { id: "3", name: "mail", email_configs: [{ id: "e", to: "x@y" }] },
    { id: "4", name: "storage-pager", pagerduty_configs: [{ id: "q", routing_key: "y" }] },
  ],
});
const HOUR = 3600;
const critical = { alertname: "Down", team: "db", severity: "critical" };
const warning = { alertname: "Slow", team: "db", severity: "warning" };
const history = foldFirings([
  { labels: critical, from: 0, to: HOUR },
  { labels: critical, from: 30 * HOUR, to: 31 * HOUR },
  { labels: warning, from: 0, to: 60 * HOUR },
]);
const db = { matchers: ["team=db"], receiver: "pager" };
const before = configOf(db);
const report = (after: Config, more: Partial<ReportQuestion> = {}) =>
  reportBehaviour({ before, after, profile, history, at: 48 * HOUR, detailed: true, ...more });

describe("a report", () => {
  it("names who loses pages, and says how many alerts wake nobody any more", () => {
    const silent = report(configOf({ ...db, matchers: ["team=db", "severity=warning"] }));
    expect(pageLoss(silent)).toEqual({ receivers: [{ receiver: "pager", pages: 2 }], unheard: 2 });
    const moved = report(configOf({ ...db, receiver: "storage-pager" }));
    expect(pageLoss(moved)).toEqual({ receivers: [{ receiver: "pager", pages: 3 }], unheard: 0 });
    expect(pageLoss(report(configOf({ ...db, continue: true }, { receiver: "chat" })))).toBeNull();
  });

  it("has a row for each receiver that is concerned: alerts exactly, notifications by estimate", () => {
    const after = configOf({ ...db, matchers: ["severity=warning"] }, { matchers: ["team=db"], receiver: "chat" });
    const rows = receiverRows(report(after));
    expect(rows).toMatchObject([
      { receiver: "pager", alerts: { before: 3, after: 1 }, movedAway: 2, lost: 0, pagesLost: 2 },
      { receiver: "chat", alerts: { before: 0, after: 2 }, movedHere: 2, gained: 0, pagesLost: 0 },
    ]);
    // Two firings of one hour each, which Slack is not told the end of.
    expect(rows[1]?.notifications).toEqual({ before: 0, after: 2 });
    expect(report(after).flows).toEqual([
      { from: "pager", to: "chat", alerts: 2 },
      { from: "pager", to: "pager", alerts: 1 },
    ]);
  });

  it("takes a receiver with another name for what it is", () => {
    const renamed = {
      ...configOf({ ...db, receiver: "db-pager" }),
      receivers: before.receivers?.map((one) => (one.name === "pager" ? { ...one, name: "db-pager" } : one)) ?? [],
    };
    expect(report(renamed)).toMatchObject({
      ...{ gained: 0, lost: 0, moved: 0, losses: [], flows: [] },
      renamed: [{ from: "pager", to: "db-pager" }],
    });
    const swapped = before.receivers?.map((one) => {
      return one.name === "pager" ? { ...one, name: "chat" } : one.name === "chat" ? { ...one, name: "pager" } : one;
    });
    expect(report({ ...before, receivers: swapped ?? [] }).renamed).toEqual([]);
  });

  it("says which groups are notified again, and how many of their alerts are firing", () => {
    const after = configOf({ ...db, matchers: ["team=db", 'alertname=~".+"'] });
    expect(report(after)).toMatchObject({ moved: 0, regrouped: { groups: 2, firing: 1 } });
    expect(report(after).regroupings[0]).toMatchObject({ receiver: "pager", firing: 1 });
  });

  it("lists no more label sets than can be read, and counts them all", () => {
    const many = foldFirings(
      Array.from({ length: MOST_TOLD + 5 }, (_, index) => ({
        labels: { ...critical, instance: `${index}` },
        ...{ from: 0, to: 1 },
      })),
    );
    const after = configOf({ ...db, receiver: "chat" });
    const told = report(after, { history: many });
    expect(told.changed).toHaveLength(MOST_TOLD);
    expect(told.labelSets).toEqual({ gained: 0, lost: 0, moved: MOST_TOLD + 5 });
    expect(report(after, { history: many, detailed: false }).changed).toBeUndefined();
  });

  it("compares made-up alerts when there is no history, and estimates nothing from them", () => {
    const made = report(configOf({ ...db, receiver: "chat" }), { history: [] });
    expect(made).toMatchObject({ basis: "witnesses", notifications: [], regroupings: [] });
    expect(made.moved).toBeGreaterThan(0);
  });
});

it("a history begins with its window", () => {
  const clipped = clipHistory([{ labels: critical, firings: [10, 150, 160, 170] }], 100);
  expect(clipped[0]?.firings).toEqual([100, 150, 160, 170]);
});
