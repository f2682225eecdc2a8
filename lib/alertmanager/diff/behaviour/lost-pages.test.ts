import { describe, expect, it } from "vitest";
import type { Config, Route } from "../../config/types";
import { parseMatchers } from "../../matchers";
import { profileFor } from "../../profiles";
import { lostPages } from "./lost-pages";
import { foldFirings } from "./past-alerts";

const profile = profileFor("alertmanager@0.34");
const RECEIVERS = [
  { id: "1", name: "pager", pagerduty_configs: [{ id: "p", routing_key: "x" }] },
  { id: "2", name: "chat", slack_configs: [{ id: "s", channel: "#x" }] },
  { id: "3", name: "nobody" },
];
const configOf = (receiver: string, ...routes: Omit<Route, "id">[]): Config => ({
  route: { id: "r", receiver, routes: routes.map((route, at) => ({ id: `${at}`, ...route })) },
  receivers: RECEIVERS,
});
const history = foldFirings([
  { labels: { team: "db", severity: "critical" }, from: 0, to: 10 },
  { labels: { team: "db", severity: "critical" }, from: 20, to: 30 },
  { labels: { team: "web", severity: "warning" }, from: 0, to: 10 },
]);
const db = (receiver: string): Config => configOf("chat", { matchers: ["team=db"], receiver });
const parsed = parseMatchers('severity="critical"');
const critical = { matchers: parsed.ok ? parsed.matchers : [] };

describe("lostPages", () => {
  it("counts the firings that woke somebody and would not", () => {
    expect(lostPages(db("pager"), db("chat"), profile, {}, history)).toEqual({
      basis: "history",
      alerts: 2,
      samples: [{ labels: { team: "db", severity: "critical" }, from: ["pager"], to: ["chat"] }],
    });
    expect(lostPages(db("chat"), db("pager"), profile, {}, history).alerts).toBe(0);
    expect(lostPages(db("pager"), db("pager"), profile, {}, history).alerts).toBe(0);
  });

  it("sees a receiver of the same name that wakes nobody any more", () => {
    const chatty = RECEIVERS.map((one) => (one.name === "pager" ? { ...RECEIVERS[1]!, name: "pager" } : one));
    const after = { ...db("pager"), receivers: chatty };
    expect(lostPages(db("pager"), after, profile, {}, history).alerts).toBe(2);
  });

  it("takes receivers that the tenant names for pagers", () => {
    expect(lostPages(db("chat"), db("nobody"), profile, {}, history).alerts).toBe(0);
    expect(lostPages(db("chat"), db("nobody"), profile, { receivers: ["chat"] }, history).alerts).toBe(2);
  });

  it("wants alerts that matchers name to reach somebody, whoever it is", () => {
    expect(lostPages(db("chat"), db("nobody"), profile, critical, history).alerts).toBe(2);
    expect(lostPages(configOf("chat"), db("chat"), profile, critical, history).alerts).toBe(0);
    const web = configOf("chat", { matchers: ["team=web"], receiver: "nobody" });
    expect(lostPages(configOf("chat"), web, profile, critical, history).alerts).toBe(0);
  });

  it("makes alerts up where there is no history, and rather finds one too many", () => {
    const found = lostPages(db("pager"), db("chat"), profile, {});
    expect(found).toMatchObject({ basis: "witnesses", samples: [{ from: ["pager"], to: ["chat"] }] });
    expect(found.alerts).toBeGreaterThan(0);
    // No route asks for the severity: any alert might be critical.
    expect(lostPages(configOf("chat"), configOf("nobody"), profile, critical).alerts).toBeGreaterThan(0);
  });
});
