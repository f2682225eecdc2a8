import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { type Config, profileFor, traceAlert } from "@/lib/alertmanager";
import { injectedAt } from "../editor/injected-matchers";
import { TenantProvider } from "../http/tenant-context";
import { LOCALES, loadMessages } from "../messages";
import { ToastProvider } from "../ui/toast";
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

async function textOf(
  locale: (typeof LOCALES)[number],
  labels: Record<string, string>,
  can = true,
  profile = "alertmanager@0.34",
): Promise<string> {
  const options = { at: SATURDAY, firing: [{ alertname: "Down", team: "db" }] };
  const trace = traceAlert(config, profileFor(profile), labels, options);
  const injected = injectedAt([{ name: "production", profile }]);
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      timeZone="UTC"
      messages={await loadMessages(locale)}
      now={new Date(SATURDAY)}
    >
      <QueryClientProvider client={new QueryClient()}>
        <TenantProvider {...tenant} permissions={can ? ["configuration:edit"] : []}>
          <ToastProvider>
            <TraceCard {...{ labels, trace, config, injected }} at={SATURDAY} heard={1} />
          </ToastProvider>
        </TenantProvider>
      </QueryClientProvider>
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

it("says when the target's owner keeps an alert from the routes", async () => {
  const shop = 'alertmanager@0.34{namespace="shop"}';
  const kept = await textOf("en", { team: "db" }, true, shop);
  expect(kept).toContain("The target’s owner keeps this alert from these routes");
  expect(kept).toContain('namespace = "shop" The owner of production asks this of every alert.');
  expect(await textOf("en", { team: "db", namespace: "shop" }, true, shop)).not.toContain("keeps this alert");
});
