import { createTranslator, NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { type Config, foldFirings, profileFor, type Route } from "@/lib/alertmanager";
import { loadMessages } from "../messages";
import en from "../messages/en/behaviour.json";
import { LOCALES } from "../messages/namespaces";
import { BehaviourDetails } from "./behaviour-details";
import { BehaviourLine } from "./behaviour-line";
import type { Judges } from "./judges-of";
import { LiveLine } from "./live-behaviour";
import { PageLossNotice } from "./page-loss-notice";
import { type BehaviourReport, reportBehaviour } from "./report";

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
  ],
});
const HOUR = 3600;
const history = foldFirings([
  { labels: { alertname: "Down", team: "db", severity: "critical" }, from: 0, to: HOUR },
  { labels: { alertname: "Down", team: "db", severity: "critical" }, from: 30 * HOUR, to: 31 * HOUR },
  { labels: { alertname: "Slow", team: "db", severity: "warning" }, from: 0, to: 60 * HOUR },
]);
const before = configOf({ matchers: ["team=db"], receiver: "pager" });
const after = configOf(
  { matchers: ["team=db", "severity=warning"], receiver: "pager" },
  { matchers: ["team=db"], receiver: "chat" },
);
const report = (next: Config, past = history): BehaviourReport =>
  reportBehaviour({ before, after: next, profile, history: past, at: 48 * HOUR, detailed: true });

function html(shown: ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ behaviour: en }}>
      {shown}
    </NextIntlClientProvider>,
  );
}
const text = (shown: ReactNode) =>
  html(shown)
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
const NOBODY = { profile: null, all: [], choose: () => {} };
const line = (told: BehaviourReport | undefined, was = before, is = after, judges: Judges = NOBODY) => {
  const behaviour = { report: told, judges, truncated: false, error: null, retry: () => {} };
  return text(<BehaviourLine behaviour={behaviour} before={was} after={is} />);
};

describe("the plan line of behaviour", () => {
  it("counts alerts of the history, and says what the words mean", () => {
    expect(line(report(after))).toMatch(/^Behaviour: 0 gained, 0 lost, 2 moved in 7 days 3 alerts of the history, rou/);
    expect(line(report(before))).toMatch(/^Behaviour: no change in 7 days/);
  });

  it("says as which target alerts are routed, and lets the reader choose where targets differ", () => {
    const [one, other] = [
      { profile: "alertmanager@0.34", targets: ["eu", "us"] },
      { profile: "alertmanager@0.25", targets: ["old"] },
    ];
    const of = (...all: (typeof one)[]) =>
      line(report(after), before, after, { profile: "alertmanager@0.34", all, choose: () => {} });
    expect(of(one)).toMatch(/Routed for eu and us \(alertmanager 0\.34\)$/);
    expect(of(one, other)).toContain("Routed for old (alertmanager 0.25)");
  });

  it("says what else changes when every alert keeps its receivers", () => {
    const often = configOf({ matchers: ["team=db"], receiver: "pager", repeat_interval: "30m" });
    expect(line(report(often))).toMatch(
      /^Behaviour: every alert keeps its receivers .*about \d+ before, \d+ after \(estimated\)\.$/,
    );
    const rows = text(<BehaviourDetails report={report(often)} />);
    expect(rows).toMatch(/pager 3 3 ≈ \d+ ≈ \d+/);
    expect(rows).not.toContain("unchanged");
    const regrouped = configOf({ matchers: ["team=~db"], receiver: "pager" });
    expect(line(report(regrouped))).toContain("2 groups are notified again upon the reload.");
  });

  it("says that alerts are made up, that it still compares, and when there is nothing to compare", () => {
    expect(line(report(after, []))).toMatch(/moved of \d+ made-up alerts No history: compared by \d+ made-up alerts/);
    expect(line(undefined)).toBe("Behaviour: comparing with the alerts of the last 7 days…");
    expect(line(undefined, {})).toBe("Behaviour: nothing is live yet to compare with");
    expect(line(undefined, before, {})).toBe("Behaviour: there is no route to compare");
  });
});

describe("who loses pages", () => {
  it("is named, with the alerts that page nobody any more", () => {
    const shown = text(<PageLossNotice report={report(after)} />);
    expect(shown).toContain("1 receiver loses pages");
    expect(shown).toContain("pager is no longer paged for 2 alerts of the last 7 days");
    expect(shown).toContain("2 of these alerts page nobody any more.");
  });

  it("is nobody when pages stay", () => {
    const more = configOf({ matchers: ["team=db"], receiver: "pager", continue: true }, { receiver: "chat" });
    expect(html(<PageLossNotice report={report(more)} />)).toBe("");
    expect(html(<PageLossNotice report={undefined} />)).toBe("");
  });
});

describe("the line while a route is edited", () => {
  it("has the same numbers, who loses pages, and the way to the review", () => {
    const shown = html(<LiveLine report={report(after)} review="/demo/changes/1" />);
    expect(shown).toContain('href="/demo/changes/1"');
    expect(text(<LiveLine report={report(after)} review="/" />)).toBe(
      "Behaviour: 0 gained, 0 lost, 2 moved in 7 days pager loses pages Review",
    );
    expect(text(<LiveLine report={report(before)} review="/" />)).toBe("Behaviour: no change in 7 days Review");
  });

  it("names two receivers and counts the others", () => {
    const losses = ["a", "b", "c", "d"].map((receiver) => ({ receiver, alerts: 1, pages: 1 }));
    const many = text(<LiveLine report={{ ...report(before), losses }} review="/" />);
    expect(many).toContain("a, b +2 lose pages");
  });
});

describe("the details", () => {
  const shown = text(<BehaviourDetails report={report(after)} />);

  it("have the numbers of the picture as a table that the keyboard reaches", () => {
    expect(shown).toContain("moved pager → chat 2 unchanged pager 1");
    const button = /<button[^>]*>pager → chat<\/button>/.exec(html(<BehaviourDetails report={report(after)} />))?.[0];
    expect(button).toContain('aria-label="Show the alerts from pager to chat"');
    expect(button).toContain('aria-pressed="false"');
  });

  it("call estimated what is estimated, receiver by receiver", () => {
    expect(shown).toContain("Notifications now Notifications after estimated pager loses 2 pages · 2 moved away 3 1 ≈");
    expect(shown).not.toContain("goes silent");
    expect(text(<BehaviourDetails report={report(configOf())} />)).toMatch(/pager loses 3 pages.*goes silent 3 0/);
    expect(shown).toContain("chat 2 moved here 0 2 ≈ 0 ≈ 2");
  });

  it("list the alerts with their labels and receivers, and pages that become chats", () => {
    expect(shown).toMatch(/moved alertname = "?(&quot;)?Down.* pager → after: chat 2 alerts in 7 days/);
    expect(shown).toContain("2 alerts: page → chat");
  });

  it("say which groups are notified again, and why", () => {
    expect(shown).toMatch(/Notified again upon the reload.*pager .*other matchers or another place 1/);
    const renamed = {
      ...configOf({ matchers: ["team=db"], receiver: "db-pager" }),
      receivers: (before.receivers ?? []).map((one) => (one.name === "pager" ? { ...one, name: "db-pager" } : one)),
    };
    expect(text(<BehaviourDetails report={report(renamed)} />)).toContain("pager → db-pager receiver renamed");
  });

  it("are nothing when nothing changes", () => {
    expect(html(<BehaviourDetails report={report(before)} />)).toBe("");
  });

  it("estimate nothing from made-up alerts", () => {
    const made = text(<BehaviourDetails report={report(after, [])} />);
    expect(made).not.toContain("estimated");
    expect(made).toContain("made up");
  });
});

it.each(LOCALES)("has words for every kind and urgency in %s", async (locale) => {
  const messages: { behaviour: typeof en } = Object(await loadMessages(locale));
  const t = createTranslator({ locale, messages, namespace: "behaviour" });
  for (const kind of ["page", "chat", "mail", "ticket", "webhook", "none"] as const)
    expect(t(`urgency.kinds.${kind}`)).not.toContain("behaviour");
  for (const kind of ["gained", "lost", "moved"] as const) expect(t(`changed.kinds.${kind}`)).not.toContain("behav");
  for (const why of ["route", "labels", "new", "gone", "renamed"] as const)
    expect(t(`regrouped.reasons.${why}`)).not.toContain("behaviour");
});
