import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { type Config, profileFor, traceAlert } from "@/lib/alertmanager";
import { TenantProvider } from "../http/tenant-context";
import { LOCALES, loadMessages } from "../messages";
import { TraceCard } from "./trace-card";

const config: Config = {
  route: {
    id: "r",
    receiver: "default",
    group_by: ["alertname"],
    routes: [
      { id: "a", receiver: "db", matchers: ['team="db"'], mute_time_intervals: ["weekends"], continue: true },
      { id: "b", receiver: "pager", matchers: ['severity="critical"'], group_wait: "5s" },
      { id: "c", receiver: "mail", matchers: ['team="db"'] },
      { id: "d", receiver: "chat", matchers: ['env="prod"'] },
    ],
  },
  receivers: ["default", "db", "pager", "mail", "chat"].map((name) => ({ id: name, name })),
  time_intervals: [{ name: "weekends", time_intervals: [{ weekdays: ["saturday", "sunday"] }] }],
  inhibit_rules: [{ source_matchers: ['alertname="Down"'], target_matchers: ['severity="critical"'], equal: ["team"] }],
};
const tenant = { slug: "t", name: "T", role: "admin" } as const;
const SATURDAY = Date.parse("2026-11-28T12:00:00Z");

async function textOf(locale: (typeof LOCALES)[number], labels: Record<string, string>, can = true): Promise<string> {
  const options = { at: SATURDAY, firing: [{ alertname: "Down", team: "db" }] };
  const trace = traceAlert(config, profileFor("alertmanager@0.34"), labels, options);
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      timeZone="UTC"
      messages={await loadMessages(locale)}
      now={new Date(SATURDAY)}
    >
      <TenantProvider {...tenant} permissions={can ? ["configuration:edit"] : []}>
        <TraceCard labels={labels} trace={trace} config={config} at={SATURDAY} heard={1} onExpect={() => {}} />
      </TenantProvider>
    </NextIntlClientProvider>,
  );
  return html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll("&quot;", '"');
}

it("says who gets an alert, when, what mutes it and why nobody else", async () => {
  const text = await textOf("en", { alertname: "Disk", team: "db", severity: "critical" });
  for (const said of [
    "db by route 1 muted",
    "Muted by weekends until Mon, Nov 30",
    "pager by route 2 inhibited",
    "group_wait 5s set on this route",
    'alertname = "Disk" from root',
    '{}/{severity="critical"}:{alertname="Disk"}',
    "Inhibited by rule 1",
    "Takes the alert and notifies db. With continue, later siblings are asked too.",
    "Never asked: route 2 before it keeps the alert",
    "Save as expectation",
  ]) {
    expect(text).toContain(said);
  }
  const other = await textOf("en", { team: "web" }, false);
  expect(other).toContain("default by the root route would be sent");
  expect(other).toContain("Does not take the alert. The alert has no label env.");
  expect(other).toContain('Does not take the alert. team is "web".');
  expect(other).not.toContain("Save as expectation");
});

it.each(LOCALES)("has its words in %s", async (locale) => {
  expect(await textOf(locale, { alertname: "Disk", team: "db", severity: "critical" })).not.toContain("tester.");
});
