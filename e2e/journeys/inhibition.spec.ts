import { expect, type Page, test } from "@playwright/test";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { signInWithOidc } from "../fixtures/sign-in";

const YAML = `route:
  receiver: team
receivers:
  - name: team
inhibit_rules:
  - source_matchers: ['alertname="NodeDown"']
    target_matchers: ['severity=~"warning|critical"']
    equal: [node]
`;
const DOWN = { alertname: "NodeDown", node: "db-1", severity: "critical" };
const DISK = { alertname: "DiskWillFill", node: "db-1", severity: "warning" };
const ELSEWHERE = { alertname: "DiskWillFill", node: "db-2", severity: "warning" };
const MINUTE = 60_000;

/** Two sources of one set, of which newer targets remember the one that ends last: it is a target itself. */
const BOTH = [
  { labels: { alertname: "NodeDown", node: "db-3" } },
  { labels: { alertname: "NodeDown", node: "db-3", severity: "critical" } },
];

const slug = `inhibition-${Date.now().toString(36)}`;

async function fire(page: Page): Promise<void> {
  const { token } = await callApi<{ token: string }>(page, "POST", `/api/${slug}/taps`, {
    body: { name: "Prometheus" },
    status: 201,
  });
  const now = Date.now();
  const at = (minutes: number) => new Date(now - minutes * MINUTE).toISOString();
  const alerts = [
    { labels: DOWN, startsAt: at(60), endsAt: at(-120) },
    { labels: DISK, startsAt: at(30), endsAt: at(-120) },
    { labels: ELSEWHERE, startsAt: at(30), endsAt: at(-120) },
  ];
  const answer = await page.request.post(`/api/tap/${token}/api/v2/alerts`, { data: alerts });
  expect(answer.status()).toBe(200);
}

test("a rule is tried on what fires, on pasted alerts and on the past", async ({ page, browser }) => {
  test.setTimeout(150_000);
  await signInWithOidc(page, "alice");
  await openTenant(page, slug, "Inhibition");
  await fire(page);
  const { change } = await callApi<{ change: { id: string } }>(page, "POST", `/api/${slug}/import`, {
    body: { yaml: YAML, title: "Down nodes are quiet" },
  });
  await page.evaluate(([key, id]) => localStorage.setItem(key, id), [`signalbox.change.${slug}`, change.id] as const);
  await page.goto(`/${slug}/inhibit-rules`);

  const rule = page.locator("#f-inhibit_rules-0");
  await expect(rule).toContainText("When this fires");
  await expect(rule).toContainText("if these agree");
  const tester = page.getByRole("region", { name: "Try the rules", exact: true });
  const past = page.getByRole("region", { name: "What these rules would have muted", exact: true });
  await expect(tester).toContainText("1 of 3 alerts are muted");
  await expect(tester.getByRole("listitem").first()).toContainText(
    /DiskWillFill.*db-1.*muted by Rule 1 because of\s*NodeDown/,
  );
  const row = past.getByRole("row", { name: /Rule 1/ });
  await expect(row.getByRole("cell")).toContainText(["Rule 1", "1", "3", "1", "1", ""]);
  await row.getByRole("button", { name: "Samples of Rule 1" }).click();
  await expect(past).toContainText(/muted all the time by\s*NodeDown/);

  // Without `equal` the source mutes the alerts of every node.
  await rule.getByRole("button", { name: "Remove node" }).click();
  await expect(rule).toContainText("Without labels any source mutes all targets, wherever they are.");
  await expect(tester).toContainText("2 of 3 alerts are muted");
  await expect(row.getByRole("cell")).toContainText(["Rule 1", "1", "3", "2", "2", ""]);
  await rule.getByLabel("equal", { exact: true }).fill("node");
  await rule.getByLabel("equal", { exact: true }).press("Enter");
  await expect(tester).toContainText("1 of 3 alerts are muted");

  await tester.getByRole("button", { name: "Pasted alerts" }).click();
  await tester.getByLabel("Alerts as JSON").fill("nonsense");
  await expect(tester).toContainText("This is not JSON.");
  await tester.getByLabel("Alerts as JSON").fill(JSON.stringify(BOTH));
  await expect(tester).toContainText("0 of 2 alerts are muted");
  await expect(tester).toContainText(/alertmanager 0\.29: muted\. .*alertmanager 0\.34.*: not muted\. Since 0\.30/);

  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(tester).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await leaveTenant(page, slug, browser);
});
