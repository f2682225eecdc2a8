import { mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Config } from "@/lib/alertmanager";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { signInWithOidc } from "../fixtures/sign-in";

const SLUG = `tester-${Date.now().toString(36)}`;
const YAML = `route:
  receiver: chat
  group_by: [alertname]
  routes:
    - matchers: [team="db", severity="critical"]
      receiver: db-pager
      mute_time_intervals: [weekends]
    - matchers: [team="db"]
      receiver: db-chat
receivers:
  - name: chat
    webhook_configs: [{url: "http://chat.example/hook"}]
  - name: db-pager
    webhook_configs: [{url: "http://pager.example/hook"}]
  - name: db-chat
    webhook_configs: [{url: "http://db.example/hook"}]
time_intervals:
  - name: weekends
    time_intervals: [{weekdays: [saturday, sunday]}]
`;
const ALERT = 'alertname="Lag", team="db", severity="critical"';

interface Change {
  id: string;
  version: number;
  document: { config: Config };
}

async function fire(page: Page): Promise<void> {
  const { token } = await callApi<{ token: string }>(page, "POST", `/api/${SLUG}/taps`, {
    body: { name: "Prometheus" },
    status: 201,
  });
  const data = [{ labels: { alertname: "Slow", team: "db" }, startsAt: new Date(Date.now() - 600_000).toISOString() }];
  expect((await page.request.post(`/api/tap/${token}/api/v2/alerts`, { data })).status()).toBe(200);
}

test("an alert is tested, explained and expected, and what breaks that cannot be published", async ({
  page,
  browser,
}) => {
  await signInWithOidc(page, "alice");
  const tenantId = await openTenant(page, SLUG, "Tester");
  const root = path.join(realpathSync(String(test.info().config.metadata.targets)), SLUG);
  mkdirSync(root, { recursive: true });
  await callApi(page, "POST", "/api/platform/targets", {
    body: { kind: "file", tenantId, name: "production", path: path.join(root, "alertmanager.yml"), version: "0.34" },
  });
  const { change } = await callApi<{ change: Change }>(page, "POST", `/api/${SLUG}/import`, {
    body: { yaml: YAML, title: "To be tested" },
  });
  await page.evaluate(([slug, id]) => localStorage.setItem(`signalbox.change.${slug}`, id ?? ""), [SLUG, change.id]);

  await fire(page);
  await page.goto(`/${SLUG}/tester`);
  await test.step("labels are completed from the tenant's own alerts", async () => {
    await page.getByRole("combobox", { name: "Value of alertname" }).fill("Lag");
    await page.getByRole("combobox", { name: "Value of alertname" }).press("Enter");
    const name = page.getByRole("combobox", { name: "Name of label 2" });
    await expect(name).toBeFocused();
    await name.fill("te");
    await expect(page.getByRole("listbox").getByRole("option", { name: /^team/ })).toBeVisible();
    await name.press("ArrowDown");
    await name.press("Enter");
    await expect(name).toHaveValue("team");
    const value = page.getByRole("combobox", { name: "Value of team" });
    await value.focus();
    await expect(page.getByRole("listbox").getByRole("option", { name: /^db/ })).toContainText("1");
    await value.fill("db");
    await page.getByRole("button", { name: "Label", exact: true }).click();
    await page.getByRole("combobox", { name: "Name of label 3" }).fill("severity");
    await page.getByRole("combobox", { name: "Value of severity" }).fill("warning");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("region", { name: "Result for Lag" })).toContainText("db-chat");
    expect(await barriers(page)).toEqual([]);
  });
  await page.getByRole("button", { name: "Paste", exact: true }).click();
  await page.getByLabel("Alerts as text", { exact: true }).fill(ALERT);
  const result = page.getByRole("region", { name: "Result for Lag" });
  const receivers = result.getByRole("list", { name: "Receivers" });
  await expect(receivers).toContainText("db-pager");
  await expect(receivers).toContainText('{}/{severity="critical",team="db"}:{alertname="Lag"}');
  // The second route never gets to see it, and why.
  await result.getByLabel("Why (not)").selectOption("db-chat");
  await expect(result).toContainText("Never asked: route 1 before it keeps the alert");

  // On a Saturday the pager is silent.
  await page.getByLabel("Date and time").fill("2026-11-28T12:00");
  await expect(receivers).toContainText("Muted by weekends until");
  await page.getByRole("button", { name: "Now", exact: true }).click();
  await expect(page).not.toHaveURL(/[?&]at=/);
  expect(await barriers(page)).toEqual([]);

  // One click saves, one takes it back.
  const expectations = page.getByRole("region", { name: "Expectations" });
  await result.getByRole("button", { name: "Save as expectation" }).click();
  await expect(expectations.getByRole("status")).toContainText("It holds");
  await page.getByRole("button", { name: "Undo", exact: true }).last().click();
  await expect(expectations.getByRole("status")).toHaveCount(0);
  await result.getByRole("button", { name: "Save as expectation" }).click();
  await expect(expectations.getByRole("listitem")).toContainText("Lag db critical → db-pager");
  await expect(expectations.getByRole("listitem")).toContainText("Reaches exactly db-pager.");

  // So does an alert of the past, by what is live; nothing is, yet.
  await page.goto(`/${SLUG}/alerts`);
  await page.getByRole("button", { name: /Slow/ }).click();
  await page.getByRole("button", { name: "Save as expectation" }).click();
  await expect(page.getByText("No route takes this alert: there is nothing to expect.", { exact: true })).toBeVisible();

  // Somebody makes the first route narrower.
  const { id } = change;
  const { version, document } = await callApi<Change>(page, "GET", `/api/${SLUG}/changes/${id}`);
  const [first, ...others] = document.config.route?.routes ?? [];
  const routes = [{ ...first, matchers: ['team="db"', 'severity="page"'] }, ...others];
  const config = { ...document.config, route: { ...document.config.route, routes } };
  const broken = await callApi<Change>(page, "PUT", `/api/${SLUG}/changes/${id}/document`, {
    ifMatch: version,
    body: { ...document, config, source: null },
  });
  const refused = await callApi<{ code: string; detail: string }>(page, "POST", `/api/${SLUG}/changes/${id}/publish`, {
    ifMatch: broken.version,
    body: {},
    status: 422,
  });
  expect(refused).toMatchObject({ code: "has_error_diagnostics", detail: expect.stringContaining("Lag db critical") });

  await page.goto(`/${SLUG}/changes/${id}`);
  await expect(page.getByText("An expectation fails: nothing is published like this")).toBeVisible();
  await expect(page.getByText("Does not reach db-pager, but db-chat.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Publish", exact: true })).toBeDisabled();
  await page.getByRole("link", { name: "Lag db critical → db-pager" }).click();
  await expect(expectations.getByRole("status")).toContainText("1 fails");
  await expectations.getByRole("button", { name: /^Test / }).click();
  await expect(receivers).toContainText("db-chat");
  await expect(page.getByText("Does not take the alert. severity is")).toBeVisible();

  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => window.document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await leaveTenant(page, SLUG, browser);
});
