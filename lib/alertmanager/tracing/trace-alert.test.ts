import { describe, expect, it } from "vitest";
import type { Config } from "../config/types";
import { profileFor } from "../profiles";
import { traceAlert } from "./trace-alert";

const profile = profileFor("alertmanager@0.34");
const AT = Date.parse("2026-11-28T12:00:00Z");
const config: Config = {
  route: {
    id: "r",
    receiver: "default",
    group_by: ["alertname"],
    routes: [
      {
        id: "a",
        receiver: "db",
        matchers: ['team="db"'],
        mute_time_intervals: ["weekends"],
        group_wait: "10s",
        continue: true,
      },
      { id: "b", receiver: "office", matchers: ['team=~"db|web"'], active_time_intervals: ["office"] },
      { id: "c", receiver: "never", matchers: ['team="never"'], active_time_intervals: ["past"] },
    ],
  },
  receivers: ["default", "db", "office", "never"].map((name) => ({ id: name, name })),
  time_intervals: [
    { name: "weekends", time_intervals: [{ weekdays: ["saturday", "sunday"] }] },
    {
      name: "office",
      time_intervals: [{ weekdays: ["monday:friday"], times: [{ start_time: "09:00", end_time: "17:00" }] }],
    },
    { name: "past", time_intervals: [{ years: ["2020"] }] },
  ],
  inhibit_rules: [
    {
      name: "critical",
      source_matchers: ['severity="critical"'],
      target_matchers: ['severity="warning"'],
      equal: ["team"],
    },
    { source_matchers: ['alertname="Down"'], target_matchers: ['alertname!=""'], equal: ["team"] },
  ],
};
const trace = (labels: Record<string, string>, at = AT, firing: Record<string, string>[] = []) =>
  traceAlert(config, profile, labels, { at, firing });
const iso = (at: number | null) => at && new Date(at).toISOString();

describe("deliveries", () => {
  it("say what mutes them now, and when the first message would come", () => {
    const { deliveries, explanation } = trace({ alertname: "Lag", team: "db" });
    expect(
      deliveries.map(({ match, mutedBy, mutedUntil, firstAt }) => [
        match.receiver,
        mutedBy,
        iso(mutedUntil),
        iso(firstAt),
      ]),
    ).toEqual([
      ["db", { kind: "mute", intervals: ["weekends"] }, "2026-11-30T00:00:00.000Z", "2026-11-30T00:00:10.000Z"],
      ["office", { kind: "active", intervals: ["office"] }, "2026-11-30T09:00:00.000Z", "2026-11-30T09:00:30.000Z"],
    ]);
    expect(explanation.routes.map(({ outcome }) => outcome)).toEqual(["notifies", "notifies", "unreached"]);
  });

  it("wait for group_wait only, when nothing mutes them", () => {
    const monday = Date.parse("2026-11-30T10:00:00Z");
    const [first] = trace({ team: "db" }, monday).deliveries;
    expect([first?.mutedBy, first?.firstAt]).toEqual([null, monday + 10_000]);
    expect([first?.mutedUntil, iso(first?.mutedFrom ?? null)]).toEqual([null, "2026-12-05T00:00:00.000Z"]);
  });

  it("may never come", () => {
    expect(trace({ team: "never" }).deliveries).toMatchObject([{ mutedUntil: null, firstAt: null }]);
  });

  it("go on with the default where no route takes them", () => {
    expect(trace({}).deliveries).toMatchObject([
      { match: { receiver: "default", groupKey: "{}:{}" }, mutedBy: null, mutedFrom: null },
    ]);
  });
});

describe("inhibition", () => {
  it("names the rule and the alerts that make it", () => {
    const critical = { alertname: "Lag", team: "db", severity: "critical" };
    const other = { alertname: "Lag", team: "web", severity: "critical" };
    expect(trace({ alertname: "Disk", team: "db", severity: "warning" }, AT, [other, critical]).inhibitedBy).toEqual([
      { rule: 0, name: "critical", sources: [critical] },
    ]);
    expect(trace({ alertname: "Disk", team: "mail", severity: "warning" }, AT, [critical]).inhibitedBy).toEqual([]);
  });

  it("does not let an alert inhibit itself, nor those that match both sides", () => {
    const down = { alertname: "Down", team: "db" };
    expect(trace(down, AT, [down, { ...down, instance: "2" }]).inhibitedBy).toEqual([]);
    expect(trace({ alertname: "Lag", team: "db" }, AT, [down]).inhibitedBy).toMatchObject([{ rule: 1, name: "" }]);
  });
});
