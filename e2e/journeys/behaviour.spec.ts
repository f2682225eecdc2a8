import { mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Config } from "@/lib/alertmanager";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { signInWithOidc } from "../fixtures/sign-in";

const LIVE = `route:
  receiver: team-chat
  group_by: [alertname]
  routes:
    - receiver: database-pager
      matchers: [team="database", severity="critical"]
receivers:
  - name: team-chat
    webhook_configs:
      - url: https://chat.example/hook
  - name: database-pager
    pagerduty_configs:
      - routing_key: "0123456789abcdef0123456789abcdef"
  - name: database-mail
    email_configs:
      - to: database@meridian.example
        from: alerts@meridian.example
        smarthost: mail.meridian.example:587
        require_tls: true
`;
const CRITICAL = { alertname: "ReplicationLagHigh", team: "database", severity: "critical" };
const WARNING = { alertname: "DiskWillFill", team: "database", severity: "warning" };
const MINUTE = 60_000;

interface Change {
  id: string;
  version: number;
  document: { config: Config };
}

const slug = `behaviour-${Date.now().toString(36)}`;

/** A published configuration below a target of its own. */
async function publishLive(page: Page): Promise<void> {
  const folder = path.join(realpathSync(String(test.info().config.metadata.targets)), slug);
  mkdirSync(folder, { recursive: true });
  const tenantId = await openTenant(page, slug, "Behaviour");
  const file = path.join(folder, "alertmanager.yml");
  await callApi(page, "POST", "/api/platform/targets", {
    body: { kind: "file", tenantId, name: "production", path: file, version: "0.28" },
  });
  const { change } = await callApi<{ change: Change }>(page, "POST", `/api/${slug}/import`, {
    body: { yaml: LIVE, title: "What is live" },
  });
  await page.goto(`/${slug}/changes/${change.id}`);
  await expect(page.getByText("Behaviour: nothing is live yet to compare with")).toBeVisible();
  await callApi(page, "POST", `/api/${slug}/changes/${change.id}/publish`, {
    body: { comment: "", overwriteDrift: false },
    ifMatch: change.version,
  });
  await expect
    .poll(async () => (await callApi<{ revision: number | null }>(page, "GET", `/api/${slug}/live`)).revision, {
      timeout: 60_000,
    })
    .toBe(1);
}

/** Critical alerts fired three times, one of them fires still; a warning fired twice. */
async function fire(page: Page): Promise<void> {
  const { token } = await callApi<{ token: string }>(page, "POST", `/api/${slug}/taps`, {
    body: { name: "Prometheus" },
    status: 201,
  });
  const now = Date.now();
  const at = (minutes: number) => new Date(now - minutes * MINUTE).toISOString();
  const rounds = [
    [
      { labels: CRITICAL, startsAt: at(3000), endsAt: at(2970) },
      { labels: WARNING, startsAt: at(2000), endsAt: at(1900) },
    ],
    [
      { labels: CRITICAL, startsAt: at(900), endsAt: at(880) },
      { labels: WARNING, startsAt: at(500), endsAt: at(450) },
    ],
    [{ labels: CRITICAL, startsAt: at(10), endsAt: at(-120) }],
  ];
  for (const data of rounds) {
    const answer = await page.request.post(`/api/tap/${token}/api/v2/alerts`, { data });
    expect(answer.status()).toBe(200);
  }
}

test("who loses pages is said while a route is edited, and before it is published", async ({ page, browser }) => {
  test.setTimeout(240_000);
  await signInWithOidc(page, "alice");
  await publishLive(page);
  const change = await callApi<Change>(page, "POST", `/api/${slug}/changes`, { body: { title: "Mail is enough" } });
  await page.evaluate(([key, id]) => localStorage.setItem(key, id), [`signalbox.change.${slug}`, change.id] as const);

  await page.goto(`/${slug}/routes?route=${change.document.config.route?.routes?.[0]?.id}`);
  const behaviour = page.getByRole("region", { name: "Behaviour:" });
  const receiver = page.getByLabel("receiver", { exact: true });
  await expect(receiver).toHaveValue("database-pager");
  await receiver.selectOption("database-mail");
  await expect(behaviour).toContainText(/0 gained, 0 lost, \d+ moved of \d+ made-up alerts/);

  await fire(page);
  await expect(page.getByRole("status").filter({ hasText: /· saved/ })).toBeVisible();
  await page.reload();
  await expect(behaviour).toContainText("0 gained, 0 lost, 3 moved in 7 days");
  await expect(behaviour).toContainText("database-pager loses pages");
  await receiver.selectOption("database-pager");
  await expect(behaviour).toBeHidden();
  await receiver.selectOption("database-mail");
  await expect(behaviour).toContainText("3 moved");
  await expect(page.getByRole("status").filter({ hasText: /· saved/ })).toBeVisible();
  await behaviour.getByRole("link", { name: "Review" }).click();

  await expect(page.getByText("Plan:")).toBeVisible();
  await expect(page.getByText("Behaviour: 0 gained, 0 lost, 3 moved in 7 days")).toBeVisible();
  await expect(page.getByText("5 alerts of the history, routed by both")).toBeVisible();
  const notice = page.getByRole("alert").filter({ hasText: "1 receiver loses pages" });
  await expect(notice).toContainText("database-pager is no longer paged for 3 alerts of the last 7 days");
  await expect(notice).toContainText("3 of these alerts page nobody any more.");
  const publish = page.getByRole("button", { name: "Publish", exact: true });
  const order = await notice.evaluate(
    (one, other) => (other ? one.compareDocumentPosition(other) : 0),
    await publish.elementHandle(),
  );
  expect(order & 4, "the notice comes before the button").toBe(4);

  const receivers = page.getByRole("table", { name: "Receivers with their alerts and notifications" });
  const row = receivers.getByRole("row", { name: /^database-pager/ });
  await expect(row).toContainText("loses 3 pages · 3 moved away · goes silent");
  await expect(receivers.getByRole("row", { name: /^database-mail/ })).toContainText("3 moved here");
  await expect(receivers.getByText("estimated")).toBeVisible();
  await expect(page.getByText("3 alerts: page → mail")).toBeVisible();

  const flow = page.getByRole("button", { name: "Show the alerts from database-pager to database-mail" });
  await flow.focus();
  await page.keyboard.press("Enter");
  await expect(flow).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("From database-pager to database-mail")).toBeVisible();
  await expect(page.getByText("3 alerts in 7 days")).toBeVisible();
  await page.getByRole("button", { name: "lost 0" }).click();
  await expect(page.getByText("None of this kind.")).toBeVisible();

  expect(await barriers(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(notice).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await leaveTenant(page, slug, browser);
});
