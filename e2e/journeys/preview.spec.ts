import { expect, type Page, test } from "@playwright/test";
import type { Config } from "@/lib/alertmanager";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { signInWithOidc } from "../fixtures/sign-in";

const BEGINNING = `route:
  receiver: team
  group_by: [alertname]
  routes:
    - matchers: ['team="database"', 'severity="critical"']
      receiver: team
      group_wait: 10s
receivers:
  - name: team
    slack_configs:
      - api_url: https://hooks.slack.example/services/T0/B0/hush-hush
        channel: "#team"
        title: "The beginning"
        text: "{{ .CommonAnnotations.summary }}"
        send_resolved: true
    pagerduty_configs:
      - routing_key: hush-hush-key
        description: "{{ .CommonLabels.alertname }}"
    webhook_configs:
      - url: https://hook.example/notify
        send_resolved: false
`;

interface Change {
  id: string;
  document: { config: Config };
}

async function openReceiver(page: Page): Promise<void> {
  const { change } = await callApi<{ change: Change }>(page, "POST", "/api/demo/import", {
    body: { yaml: BEGINNING, title: "Seen before it is sent" },
  });
  await page.evaluate((id) => localStorage.setItem("signalbox.change.demo", id), change.id);
  await page.goto(`/demo/receivers/${change.document.config.receivers?.[0]?.id}`);
}

const pane = (page: Page) => page.getByRole("complementary", { name: "Live pane" });
const section = (page: Page, name: string) => pane(page).getByRole("region", { name, exact: true });
const title = (page: Page) => page.getByLabel("title", { exact: true }).first();

test.describe("what a receiver sends, before it is sent", () => {
  test.setTimeout(120_000);
  test.beforeEach(async ({ page }) => {
    await signInWithOidc(page, "alice");
    await openReceiver(page);
    await expect(section(page, "slack_configs[0]")).toContainText("The beginning");
  });

  test("typing into a Slack title changes how the message looks, and the request", async ({ page }) => {
    await title(page).fill("{{ .Status | toUpper }}: {{ .CommonLabels.alertname }}");
    const slack = section(page, "slack_configs[0]");
    await expect(slack).toContainText("FIRING: PostgresReplicationLag");
    await expect(slack).toContainText("1 request");

    await pane(page)
      .getByRole("radio", { name: /resolved/ })
      .click();
    await expect(slack).toContainText("RESOLVED: PostgresReplicationLag");
    await expect(section(page, "webhook_configs[0]")).toContainText("send_resolved is off");

    await slack.getByRole("button", { name: "request", exact: true }).click();
    await expect(page.getByRole("tab", { name: "Request" })).toHaveAttribute("aria-selected", "true");
    await expect(slack).toContainText('"title": "RESOLVED: PostgresReplicationLag"');
    await expect(slack).toContainText("https://hooks.slack.example/••••");
    await expect(page.locator("body")).not.toContainText("hush-hush");
    await slack.getByRole("button", { name: "Exact bytes" }).click();
    await expect(slack).toContainText('"title":"RESOLVED: PostgresReplicationLag"');
  });

  test("a broken template shows its error at the token, in each case, and cannot be published", async ({ page }) => {
    await title(page).fill("{{ .CommonLabel.severity }}");
    const slack = section(page, "slack_configs[0]");
    await expect(slack).toContainText(
      "The template of title fails, and alertmanager 0.34 sends the notification without it",
    );
    await expect(slack).toContainText("can't evaluate field CommonLabel");
    for (const name of [/^firing/, /12 firing/, /huge/, /hostile/]) {
      await expect(pane(page).getByRole("radio", { name }).first()).toContainText("fails");
    }
    await expect(page.getByRole("tab", { name: /Problems \([1-9]/ })).toBeVisible();

    await slack.getByRole("button", { name: "Go to the field" }).click();
    await expect(title(page)).toBeFocused();
    const field = page.locator('[data-path*="title"]').first();
    await expect(field).toContainText("can't evaluate field CommonLabel");

    await expect(page.getByRole("status").filter({ hasText: /· saved/ })).toBeVisible();
    await page.getByRole("button", { name: "Review change" }).click();
    await expect(page.getByText("Plan:")).toBeVisible();
    await expect(page.getByText(/receivers\[0\]\.slack_configs\[0\]\.title/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Publish", exact: true })).toBeDisabled();
  });

  test("a broken template that keeps a page from being sent says so", async ({ page }) => {
    await page.getByLabel("description", { exact: true }).first().fill("{{ .CommonLabel.severity }}");
    const pagerduty = section(page, "pagerduty_configs[0]");
    await expect(pagerduty).toContainText(/would send nothing: description fails in 7 of 7 cases/);
    await expect(pagerduty).toContainText("It does not try again.");
    await expect(pagerduty).toContainText("can't evaluate field CommonLabel");
    await expect(pagerduty).toContainText("no request");
    await expect(pane(page).getByRole("radio", { name: /^firing/ })).toContainText("fails");
    await expect(section(page, "slack_configs[0]")).toContainText("The beginning");
  });

  test("the cases are one group for the keyboard, and all of it is accessible, also when it is narrow", async ({
    page,
  }) => {
    const first = pane(page).getByRole("radio", { name: /^firing/ });
    await first.click();
    await page.keyboard.press("ArrowRight");
    const many = pane(page).getByRole("radio", { name: /12 firing/ });
    await expect(many).toBeChecked();
    await expect(many).toBeFocused();
    await expect(section(page, "Reached by")).toContainText('team="database"');
    await expect(section(page, "When")).toContainText("group_wait 30s");
    for (const tab of ["Looks like", "Request"]) {
      await page.getByRole("tab", { name: tab }).click();
      await expect(section(page, "slack_configs[0]")).toContainText("The beginning");
      expect(await barriers(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(section(page, "slack_configs[0]")).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });

  test("a request is taken away as a curl command, without its secret", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("tab", { name: "Request" }).click();
    await section(page, "slack_configs[0]").getByRole("button", { name: "Copy as curl" }).click();
    await expect(section(page, "slack_configs[0]").getByText("Copied")).toBeVisible();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toContain("curl");
    expect(command).toContain("https://hooks.slack.example/");
    expect(command).toContain("The beginning");
    expect(command).not.toContain("hush-hush");
  });

  test("the sample can be edited, pasted and reset, and stays over a reload", async ({ page }) => {
    const slack = section(page, "slack_configs[0]");
    await title(page).fill("{{ .CommonLabels.zone }}");
    await pane(page).getByRole("button", { name: "Edit sample" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("startsAt").fill("yesterday");
    await dialog.getByRole("button", { name: "Use this alert" }).click();
    await expect(dialog.getByRole("alert")).toContainText("RFC 3339");

    await dialog.getByRole("button", { name: "Paste JSON…" }).click();
    const alerts = [
      { labels: { alertname: "A", zone: "moon" }, startsAt: "2026-01-02T03:04:05Z" },
      { labels: { alertname: "B", zone: "mars" } },
    ];
    await dialog.getByLabel("Alerts as JSON").fill("nonsense");
    await expect(dialog).toContainText("This is not JSON.");
    await dialog.getByLabel("Alerts as JSON").fill(JSON.stringify(alerts));
    await dialog.getByLabel("Which of 2 alerts").selectOption("1");
    await expect(dialog.getByLabel("labels: value of zone")).toHaveValue("mars");
    await dialog.getByRole("button", { name: "Use this alert" }).click();
    await expect(slack).toContainText("mars");

    await expect(page.getByRole("status").filter({ hasText: /· saved/ })).toBeVisible();
    await page.reload();
    await expect(slack).toContainText("mars");
    await pane(page).getByRole("button", { name: "Edit sample" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Back to the usual sample" }).click();
    await expect(slack).not.toContainText("mars");
  });

  test("the sample is a real alert that was heard of lately", async ({ page }) => {
    const { token } = await callApi<{ token: string }>(page, "POST", "/api/demo/taps", {
      body: { name: "Preview" },
      status: 201,
    });
    const labels = { alertname: "TapeJammed", zone: "basement", team: "storage" };
    const now = Date.now();
    const [startsAt, endsAt] = [now - 600_000, now - 60_000].map((at) => new Date(at).toISOString());
    const data = [{ labels, annotations: { summary: "The robot waits" }, startsAt, endsAt }];
    expect((await page.request.post(`/api/tap/${token}/api/v2/alerts`, { data })).status()).toBe(200);

    await title(page).fill("{{ .CommonLabels.alertname }} in the {{ .CommonLabels.zone }}");
    await pane(page).getByRole("button", { name: "Edit sample" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Pick a real alert…" }).click();
    const filter = dialog.getByLabel("Filter by text");
    await expect(filter).toBeFocused();
    await filter.fill("nobody says this");
    await expect(dialog).toContainText("No alert says that.");
    await filter.fill("robot basement");
    const found = dialog.getByRole("list", { name: "Alerts of the last 7 days" }).getByRole("button");
    await expect(found).toHaveCount(1);
    expect(await barriers(page)).toEqual([]);
    await found.click();
    await expect(dialog.getByLabel("labels: value of zone")).toHaveValue("basement");
    await dialog.getByRole("button", { name: "Use this alert" }).click();
    const slack = section(page, "slack_configs[0]");
    await expect(slack).toContainText("TapeJammed in the basement");
    await expect(slack).toContainText("The robot waits");
  });
});
