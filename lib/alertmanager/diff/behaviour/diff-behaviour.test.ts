import { describe, expect, it } from "vitest";
import type { Config, Route } from "../../config/types";
import { simulate } from "../../dispatch";
import { profileFor } from "../../profiles";
import { seeded } from "../../validation/random-config";
import { diffBehaviour } from "./diff-behaviour";
import { foldFirings } from "./past-alerts";

const profile = profileFor("alertmanager@0.34");
const RECEIVERS = [
  { id: "1", name: "pager", pagerduty_configs: [{ id: "p", routing_key: "x" }] },
  { id: "2", name: "chat", slack_configs: [{ id: "s", channel: "#x" }] },
  { id: "3", name: "mail", email_configs: [{ id: "e", to: "x@y" }] },
  { id: "4", name: "null" },
];
const configOf = (...routes: Omit<Route, "id">[]): Config => ({
  route: {
    ...{ id: "r", receiver: "mail", group_by: ["alertname"] },
    routes: routes.map((route, index) => ({ id: `${index}`, ...route })),
  },
  receivers: RECEIVERS,
});
const HOUR = 3600;
const history = foldFirings([
  { labels: { alertname: "Down", team: "db", severity: "critical" }, from: 0, to: HOUR },
  { labels: { alertname: "Down", severity: "critical", team: "db", empty: "" }, from: 30 * HOUR, to: 31 * HOUR },
  { labels: { alertname: "Slow", team: "db", severity: "warning" }, from: 0, to: 30 * HOUR },
  { labels: { alertname: "Down", team: "web", severity: "critical" }, from: 31 * HOUR, to: 31 * HOUR },
]);
const db = { matchers: ["team=db"], receiver: "pager" };
const onDb = { matchers: ["team=db", "severity=critical"], receiver: "pager" };

it("folds firings of equal labels together, in order of time", () => {
  expect(history.map(({ firings }) => firings)).toEqual([
    [0, HOUR, 30 * HOUR, 31 * HOUR],
    [0, 30 * HOUR],
    [31 * HOUR, 31 * HOUR],
  ]);
});

describe("receivers", () => {
  it("lose, gain and swap alerts", () => {
    const diff = diffBehaviour(
      configOf(db),
      configOf({ ...onDb, continue: true }, { matchers: ["severity=critical"], receiver: "chat" }),
      profile,
      { history },
    );
    expect(diff).toMatchObject({ basis: "history", days: 2, alerts: 4, gained: 2, lost: 0, moved: 2 });
    const slow = { alertname: "Slow", team: "db", severity: "warning" };
    expect(diff.flows.map(({ from, to, alerts }) => [from, to, alerts])).toEqual([
      ["pager", "pager", 2],
      [null, "chat", 2],
      ["pager", "mail", 1],
      ["mail", "chat", 1],
    ]);
    expect(diff.flows.find(({ to }) => to === "mail")?.samples).toEqual([slow]);
    expect(diff.losses).toEqual([
      { receiver: "pager", alerts: 1, pages: 1 },
      { receiver: "mail", alerts: 1, pages: 0 },
    ]);
    expect(diff.urgencies).toMatchObject([
      { from: "page", to: "mail", alerts: 1, samples: [slow] },
      { from: "mail", to: "chat", alerts: 1 },
    ]);
  });

  it("may wake nobody any more though they keep their name", () => {
    const config = configOf(db);
    const chatty = RECEIVERS.map((one) => (one.name === "pager" ? { ...RECEIVERS[1]!, id: "1", name: "pager" } : one));
    const diff = diffBehaviour(config, { ...config, receivers: chatty }, profile, { history });
    expect(diff).toMatchObject({ gained: 0, lost: 0, moved: 0 });
    expect(diff.urgencies).toMatchObject([{ from: "page", to: "chat", alerts: 3 }]);
    expect(diff.losses).toEqual([{ receiver: "pager", alerts: 0, pages: 3 }]);
  });

  it("that a program takes and never sends through reach nobody", () => {
    const jira = { ...configOf(), receivers: [{ id: "1", name: "mail", jira_configs: [{ id: "j" }] }] };
    const diff = diffBehaviour(configOf(), jira, profileFor("mimir@3.2"), { history });
    expect(diff.urgencies).toMatchObject([{ from: "mail", to: "none", alerts: 4 }]);
  });
});

describe("groups", () => {
  it("are notified again when the matchers of their route change", () => {
    const { regroupings, gained, lost, moved } = diffBehaviour(
      configOf(db),
      configOf({ ...db, matchers: ["team=~db|dba"] }),
      profile,
      { history },
    );
    expect([gained, lost, moved]).toEqual([0, 0, 0]);
    expect(regroupings).toEqual([
      {
        receiver: "pager",
        before: '{}/{team="db"}:{alertname="Down"}',
        after: '{}/{team=~"db|dba"}:{alertname="Down"}',
        alerts: 2,
        firing: 1,
      },
      {
        receiver: "pager",
        before: '{}/{team="db"}:{alertname="Slow"}',
        after: '{}/{team=~"db|dba"}:{alertname="Slow"}',
        alerts: 1,
        firing: 0,
      },
    ]);
  });

  it("stay when only timers or the order of group_by change", () => {
    const [one, other] = ["a", "b"].map((name) => ({ ...db, group_by: ["alertname", "team", name] }));
    const turned = { ...one, group_by: ["a", "team", "alertname"], group_wait: "1s" };
    expect(diffBehaviour(configOf(one!), configOf(turned), profile, { history }).regroupings).toEqual([]);
    // Labels that no alert has make no other groups.
    expect(diffBehaviour(configOf(one!), configOf(other!), profile, { history }).regroupings).toEqual([]);
  });

  it("are split", () => {
    const after = configOf({ ...db, group_by: ["alertname", "severity"] });
    const { regroupings } = diffBehaviour(configOf(db), after, profile, { history, at: 2 * HOUR });
    expect(regroupings.map(({ after, firing }) => [after, firing])).toEqual([
      ['{}/{team="db"}:{alertname="Slow", severity="warning"}', 1],
      ['{}/{team="db"}:{alertname="Down", severity="critical"}', 0],
    ]);
  });
});

describe("notifications", () => {
  const notifications = (before: Config, after: Config) =>
    diffBehaviour(before, after, profile, { history }).notifications;
  it("are counted where alerts, groups or timers differ", () => {
    const often = configOf({ ...db, repeat_interval: "1h" });
    // Down begins twice and ends once (the other end comes too late); Slow begins, is repeated and ends.
    expect(notifications(configOf(db), often)).toEqual([{ receiver: "pager", before: 12, after: 32 }]);
    expect(notifications(configOf(db), configOf({ ...db, receiver: "null" }))).toEqual([
      { receiver: "pager", before: 12, after: 0 },
    ]);
  });

  it("are none while a route is muted", () => {
    const muted: Config = {
      ...configOf({ ...db, mute_time_intervals: ["always"] }),
      time_intervals: [{ name: "always", time_intervals: [{}] }],
    };
    expect(notifications(configOf(db), muted)).toEqual([{ receiver: "pager", before: 12, after: 0 }]);
    expect(notifications(muted, { ...muted, time_intervals: [{ name: "always", time_intervals: [] }] })).toEqual([
      { receiver: "pager", before: 0, after: 12 },
    ]);
  });
});

describe("inhibition", () => {
  const rule = { source_matchers: ["severity=critical"], target_matchers: ["severity=warning"], equal: ["alertname"] };
  const rules = [rule];
  const alerts = foldFirings([
    { labels: { alertname: "Lag", team: "db", severity: "critical" }, from: 2 * HOUR, to: 6 * HOUR },
    { labels: { alertname: "Lag", team: "db", severity: "warning" }, from: HOUR, to: 8 * HOUR },
  ]);
  const often = { ...db, repeat_interval: "1h", group_by: ["alertname", "severity"] };
  const notifications = (before: Config, after: Config) =>
    diffBehaviour(before, after, profile, { history: alerts, at: 9 * HOUR }).notifications;

  it("takes its notifications from the estimate when only its rules change", () => {
    const [found, ...others] = notifications(configOf(often), { ...configOf(often), inhibit_rules: rules });
    expect(others).toEqual([]);
    // The warning is not repeated for four hours, and told of again behind them.
    expect(found).toEqual({ receiver: "pager", before: 8 + 5, after: 4 + 5 });
    expect(notifications({ ...configOf(often), inhibit_rules: rules }, configOf(often))).toEqual([
      { receiver: "pager", before: 9, after: 13 },
    ]);
  });

  it("leaves alone what its rules do not touch", () => {
    const elsewhere = { ...rule, equal: ["cluster"], target_matchers: ["severity=info"] };
    expect(notifications(configOf(often), { ...configOf(often), inhibit_rules: [elsewhere] })).toEqual([]);
  });

  it("is estimated about as the simulation sends", () => {
    const random = seeded(11);
    let [estimated, simulated] = [0, 0];
    for (let run = 0; run < 30; run++) {
      const from = () => Math.floor(random() * 60_000);
      const firings = Array.from({ length: 6 }, (_, index) => {
        const start = from();
        const severity = index % 2 ? "warning" : "critical";
        const labels = { alertname: `${index >> 2}`, severity, n: `${index}` };
        return { labels, from: start, to: start + 2_000 + Math.floor(random() * 20_000) };
      });
      const config: Config = {
        route: { id: "r", receiver: "chat", group_by: ["alertname", "severity"] },
        receivers: [{ id: "2", name: "chat", webhook_configs: [{ id: "w", url: "http://h" }] }],
        inhibit_rules: rules,
      };
      const events = firings
        .map(({ labels, from: startsAt, to: endsAt }) => ({ t: startsAt, alerts: [{ labels, startsAt, endsAt }] }))
        .sort((left, right) => left.t - right.t);
      simulated += simulate({
        config,
        profile: profileFor("alertmanager@0.29"),
        start: 0,
        events,
        until: 100_000,
      }).length;
      const nobody: Config = { ...config, receivers: [{ id: "2", name: "chat" }] };
      const diff = diffBehaviour(config, nobody, profile, { history: foldFirings(firings), at: 100_000 });
      estimated += diff.notifications[0]?.before ?? 0;
    }
    expect(simulated).toBeGreaterThan(150);
    expect(Math.abs(estimated / simulated - 1)).toBeLessThan(0.1);
  });
});

describe("without a history", () => {
  it.each<[string, Omit<Route, "id">[], Omit<Route, "id">[], string]>([
    ["a matcher more", [db], [onDb], "pager>mail"],
    ["another value", [db], [{ ...db, matchers: ["team=web"] }], "mail>pager, pager>mail"],
    ["a wider pattern", [{ ...db, matchers: ["team=~db-.*"] }], [{ ...db, matchers: ["team=~d.*"] }], "mail>pager"],
    ["a narrower pattern", [{ ...db, matchers: ["team=~d.*"] }], [{ ...db, matchers: ["team=~db-.*"] }], "pager>mail"],
    ["one value of a pattern", [{ ...db, matchers: ["team=~a|b"] }], [{ ...db, matchers: ["team=a"] }], "pager>mail"],
    ["a negation", [{ ...db, matchers: ["team!=a"] }], [{ ...db, matchers: ["team!=b"] }], "mail>pager, pager>mail"],
    ["an order", [db, { ...onDb, receiver: "chat" }], [{ ...onDb, receiver: "chat" }, db], "pager>chat"],
    [
      "a continue",
      [db, onDb],
      [
        { ...db, continue: true },
        { ...onDb, receiver: "chat" },
      ],
      "null>chat",
    ],
    ["a pattern written otherwise", [{ ...db, matchers: ["team=~a|b"] }], [{ ...db, matchers: ["team=~[ab]"] }], ""],
  ])("made up alerts show %s", (_, before, after, expected) => {
    const diff = diffBehaviour(configOf(...before), configOf(...after), profile);
    expect(diff).toMatchObject({ basis: "witnesses", days: 0, notifications: [] });
    const changed = diff.flows.filter(({ from, to }) => from !== to).map(({ from, to }) => `${from}>${to}`);
    expect(changed.sort().join(", ")).toBe(expected);
  });
});
