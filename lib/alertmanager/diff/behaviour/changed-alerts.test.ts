import { describe, expect, it } from "vitest";
import type { Config, Route } from "../../config/types";
import { profileFor } from "../../profiles";
import { changedAlerts } from "./changed-alerts";
import { diffBehaviour } from "./diff-behaviour";
import { foldFirings } from "./past-alerts";

const profile = profileFor("alertmanager@0.34");
const configOf = (...routes: Omit<Route, "id">[]): Config => ({
  route: { id: "r", receiver: "mail", routes: routes.map((route, index) => ({ id: `${index}`, ...route })) },
  receivers: ["pager", "chat", "mail"].map((name) => ({ id: name, name })),
});
const critical = { alertname: "Down", team: "db", severity: "critical", instance: "1" };
const warning = { ...critical, severity: "warning" };
const web = { ...critical, team: "web" };
const history = foldFirings([
  { labels: critical, from: 0, to: 1 },
  { labels: warning, from: 0, to: 1 },
  { labels: warning, from: 2, to: 3 },
  { labels: web, from: 0, to: 1 },
]);
const db = { matchers: ["team=db"], receiver: "pager" };
const chat = { matchers: ["severity=critical"], receiver: "chat" };

describe("changed alerts", () => {
  it("are whole label sets with all their receivers, the most frequent first", () => {
    const changed = changedAlerts(configOf(db), configOf({ ...chat, continue: true }), profile, history);
    expect(changed).toEqual([
      { kind: "moved", labels: warning, before: ["pager"], after: ["mail"], alerts: 2 },
      { kind: "moved", labels: critical, before: ["pager"], after: ["chat"], alerts: 1 },
      { kind: "moved", labels: web, before: ["mail"], after: ["chat"], alerts: 1 },
    ]);
    const both = configOf({ ...db, continue: true }, chat);
    expect(changedAlerts(configOf(db), both, profile, history)).toMatchObject([
      { kind: "gained", labels: critical, before: ["pager"], after: ["pager", "chat"] },
      { kind: "moved", labels: web, before: ["mail"], after: ["chat"] },
    ]);
    expect(changedAlerts(both, configOf(db), profile, history)[0]).toMatchObject({ kind: "lost", labels: critical });
  });

  it("add up to what the difference counts, with a history and without", () => {
    const [before, after] = [configOf(db), configOf({ ...db, continue: true }, chat)];
    for (const known of [history, []]) {
      const diff = diffBehaviour(before, after, profile, { history: known });
      const sums = { gained: 0, lost: 0, moved: 0 };
      for (const { kind, alerts } of changedAlerts(before, after, profile, known)) sums[kind] += alerts;
      expect(sums).toEqual({ gained: diff.gained, lost: diff.lost, moved: diff.moved });
      expect(sums.gained + sums.moved).toBeGreaterThan(0);
    }
    expect(changedAlerts(after, after, profile, history)).toEqual([]);
  });
});
