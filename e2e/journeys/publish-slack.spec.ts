import { createHash } from "node:crypto";
import { mkdirSync, realpathSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Config } from "@/lib/alertmanager";
import { startHttpSink } from "../fakes/http-sink";
import { ALERTMANAGER_BINARY, type RunningAlertmanager, startAlertmanager } from "../fixtures/alertmanager";
import { callApi, tenantId } from "../fixtures/api";
import { signInWithOidc } from "../fixtures/sign-in";

const FIRST = "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n";

const BEGINNING = `# Who is paged, and how.
route:
  receiver: default
  group_wait: 0s
receivers:
  - name: default
`;

test.describe("the main job", () => {
  test.skip(!ALERTMANAGER_BINARY, "prometheus-alertmanager is not installed");
  test.setTimeout(180_000);

  let alertmanager: RunningAlertmanager;
  let sink: Awaited<ReturnType<typeof startHttpSink>>;

  test.beforeAll(async () => {
    const root = path.join(realpathSync(String(test.info().config.metadata.targets)), `slack-${Date.now()}`);
    mkdirSync(root, { recursive: true });
    sink = await startHttpSink();
    alertmanager = await startAlertmanager(FIRST, root);
  });
  test.afterAll(async () => {
    await alertmanager?.stop();
    await sink?.stop();
  });

  test("sign in, create a Slack receiver, route to it, publish, and Slack gets the alert", async ({ page }) => {
    await signInWithOidc(page, "alice");
    await callApi(page, "POST", "/api/platform/targets", {
      body: {
        kind: "alertmanager",
        tenantId: await tenantId(page, "demo"),
        name: "production",
        replicas: [{ configPath: alertmanager.configPath, url: alertmanager.url }],
      },
    });

    // A beginning of our own, so that what is published is what this journey made.
    const { change } = await callApi<{ change: { id: string } }>(page, "POST", "/api/demo/import", {
      body: { yaml: BEGINNING, title: "Page the team" },
    });
    await page.evaluate((id) => localStorage.setItem("signalbox.change.demo", id), change.id);

    await page.goto("/demo/receivers");
    await page.getByRole("button", { name: "New receiver" }).click();
    await page.getByLabel("Name", { exact: true }).fill("team-slack");
    await page.getByLabel("First integration").selectOption("slack_configs");
    await page.getByRole("button", { name: "Create" }).click();
    await expect(page).toHaveURL(/\/demo\/receivers\/[0-9a-f-]{36}/);

    await page.locator("input[type=password]").fill(`${sink.url}/services/T000/B000/hush-hush`);
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await expect(page.getByText("Secret", { exact: true })).toBeVisible();
    await page.getByLabel("channel", { exact: true }).fill("#team-pages");
    await page.getByRole("tab", { name: "YAML" }).click();
    await expect(page.locator(".cm-content")).toContainText("#team-pages");
    await expect(page.locator(".cm-content")).toContainText("secret://");
    await expect(page.locator("body")).not.toContainText("hush-hush");

    await page
      .getByRole("navigation")
      .getByRole("link", { name: /Routes/ })
      .click();
    await page.getByRole("button", { name: "Route", exact: true }).click();
    await page.getByLabel("matchers", { exact: true }).fill('team="database"');
    await page.getByLabel("matchers", { exact: true }).press("Enter");
    await page.getByLabel("receiver", { exact: true }).selectOption("team-slack");
    await expect(page.locator(".cm-content")).toContainText("receiver: team-slack");

    await page.getByRole("button", { name: "Review change" }).click();
    await expect(page.getByText("Plan:")).toBeVisible();
    await expect(page.getByText("team-slack").first()).toBeVisible();
    await page.getByLabel("Comment").fill("The team gets its own channel");
    // Somebody else's file stands there: nothing is overwritten until that is said.
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(page.getByText(/A file that Signalbox did not write/)).toBeVisible();
    expect(await readFile(alertmanager.configPath, "utf8")).toBe(FIRST);
    await page.getByRole("button", { name: "Show the difference" }).click();
    await expect(page.getByText("What this change would publish")).toBeVisible();
    await page.getByRole("button", { name: "Publish over it" }).click();
    await expect(page.getByText("verified", { exact: true }).first()).toBeVisible({ timeout: 60_000 });

    const status = await (await fetch(`${alertmanager.url}/api/v2/status`)).json();
    expect(status.config.original).toContain("team-slack");
    const file = await readFile(alertmanager.configPath);
    const digest = createHash("md5").update(file).digest();
    const metrics = await (await fetch(`${alertmanager.url}/metrics`)).text();
    const hash = Number(/^alertmanager_config_hash (\S+)$/m.exec(metrics)?.[1]);
    expect(hash).toBe(digest.readUIntLE(0, 6));
    expect((await stat(alertmanager.configPath)).mode & 0o007).toBe(0);

    await fetch(`${alertmanager.url}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ labels: { alertname: "ReplicationLag", team: "database" } }]),
    });
    await expect.poll(() => sink.received.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const [request] = sink.received;
    expect(request?.path).toBe("/services/T000/B000/hush-hush");
    expect(JSON.parse(request?.body ?? "{}")).toMatchObject({ channel: "#team-pages" });

    await breakWithMissingFile(page, await readFile(alertmanager.configPath, "utf8"));
  });

  /** Only the target can know that a file is not there: it refuses, the bytes come back, its words are shown. */
  async function breakWithMissingFile(page: Page, before: string) {
    const opened = await callApi<{ id: string; version: number; document: { config: Config } }>(
      page,
      "POST",
      "/api/demo/changes",
      { body: { title: "Trust a file that is not there" } },
    );
    const { config } = opened.document;
    const slack = config.receivers?.find(({ name }) => name === "team-slack")?.slack_configs?.[0];
    if (!slack) throw new Error("the published receiver is not in the new change");
    slack.http_config = { tls_config: { ca_file: "/nonexistent/ca.pem" } };
    await callApi(page, "PUT", `/api/demo/changes/${opened.id}/document`, {
      ifMatch: opened.version,
      body: opened.document,
    });
    await page.goto(`/demo/changes/${opened.id}`);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await expect(page.getByText(/no such file or directory/).first()).toBeVisible({ timeout: 60_000 });
    expect(await readFile(alertmanager.configPath, "utf8")).toBe(before);
    const status = await (await fetch(`${alertmanager.url}/api/v2/status`)).json();
    expect(status.config.original).not.toContain("/nonexistent/ca.pem");
  }
});
