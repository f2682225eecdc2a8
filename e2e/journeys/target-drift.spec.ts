import { mkdirSync, realpathSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { callApi } from "../fixtures/api";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { signInWithOidc } from "../fixtures/sign-in";

const SECRET = "https://hooks.slack.example/services/T0/B0/by-hand";
const BY_HAND = `# by hand, since 2019
route:
  receiver: ops
  group_wait: 30s
receivers:
  - name: ops
    slack_configs:
      - api_url: ${SECRET}
        channel: '#ops'
`;

test.describe("a file that somebody edits by hand", () => {
  test.setTimeout(240_000);
  const slug = `drift-${Date.now().toString(36)}`;
  let file: string;

  test.beforeAll(() => {
    const root = path.join(realpathSync(String(test.info().config.metadata.targets)), slug);
    mkdirSync(root, { recursive: true });
    file = path.join(root, "alertmanager.yml");
  });

  test("is imported, shown as a difference, acknowledged, and overwritten by whoever has seen it", async ({
    page,
    browser,
  }) => {
    await writeFile(file, BY_HAND);
    await signInWithOidc(page, "alice");
    const tenantId = await openTenant(page, slug, "Drift");
    const target = await callApi<{ id: string }>(page, "POST", "/api/platform/targets", {
      body: { kind: "file", tenantId, name: "production", path: file, version: "0.25" },
    });
    const banner = page.getByRole("status").filter({ hasText: "production" });

    // The first publication of what stands there asks nothing: it is the very file that the change was made from.
    await page.goto(`/${slug}/receivers`);
    await expect(banner).toContainText("holds a file that Signalbox never wrote");
    await banner.getByRole("link", { name: "Show" }).click();
    await page.getByRole("button", { name: "Import what lies there" }).click();
    await expect(page).toHaveURL(/\/changes\//);
    await publish(page);
    expect(await readFile(file, "utf8")).toBe(BY_HAND);
    await expect(banner).toHaveCount(0);

    await writeFile(file, BY_HAND.replace("30s", "5s"));
    await page.goto(`/${slug}/targets/${target.id}`);
    await expect(page.getByText("Revision 1, as it was published")).toBeVisible();
    await expect(page.locator(".cm-merge-a")).toContainText("group_wait: 30s");
    await expect(page.locator(".cm-merge-b")).toContainText("group_wait: 5s");
    await expect(page.locator("body")).not.toContainText("by-hand");

    await page.getByRole("main").getByRole("button", { name: "Acknowledge" }).click();
    await expect(banner).toHaveCount(0);
    await page.goto(`/${slug}/audit`);
    await expect(page.getByRole("table").getByText("Difference acknowledged")).toBeVisible();
    await writeFile(file, BY_HAND.replace("30s", "7s"));
    await page.goto(`/${slug}/routes`);
    await expect(banner).toContainText("was changed outside of Signalbox");

    await overwriteFromTheChange(page, slug);
    expect(await readFile(file, "utf8")).toContain("group_wait: 2m");
    await page.getByRole("button", { name: "Bring back what was there" }).click();
    await expect(page.getByText("What revision 2 replaced at production").first()).toBeVisible();
    await publish(page);
    expect(await readFile(file, "utf8")).toBe(BY_HAND.replace("30s", "7s"));

    await writeFile(file, BY_HAND.replace("30s", "9s"));
    await page.goto(`/${slug}/targets/${target.id}`);
    await page.getByRole("button", { name: "Publish revision 3 over it" }).click();
    await expect(page).toHaveURL(/\/revisions\/3/);
    await expect.poll(() => readFile(file, "utf8"), { timeout: 30_000 }).toContain("group_wait: 7s");

    await page.goto(`/${slug}/revisions/compare`);
    await page.getByLabel("From").selectOption("1");
    await page.getByLabel("To", { exact: true }).selectOption("2");
    await expect(page).toHaveURL(/from=1/);
    await expect(page.locator(".cm-merge-b")).toContainText("group_wait: 2m");
    await page.getByRole("button", { name: "Unified" }).click();
    await expect(page.locator(".cm-deletedChunk")).toContainText("group_wait: 30s");
    await page.getByRole("button", { name: "Restore revision 1" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Restore revision 1");
    await leaveTenant(page, slug, browser);
  });
});

async function publish(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText(/is written, but no target could confirm/)).toBeVisible({ timeout: 60_000 });
}

/** A change that knows nothing of the edit is refused, compared, and then told to replace it. */
async function overwriteFromTheChange(page: Page, slug: string): Promise<void> {
  const change = await callApi<{ id: string; version: number; document: { config: { route: object } } }>(
    page,
    "POST",
    `/api/${slug}/changes`,
    { body: { title: "Wait longer" } },
  );
  const { document } = change;
  await callApi(page, "PUT", `/api/${slug}/changes/${change.id}/document`, {
    ifMatch: change.version,
    body: { ...document, config: { ...document.config, route: { ...document.config.route, group_wait: "2m" } } },
  });
  await page.goto(`/${slug}/changes/${change.id}`);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("button", { name: "Show the difference" }).click();
  const difference = page.getByRole("region", { name: "What lies at the target" });
  await expect(difference.locator(".cm-merge-a")).toContainText("group_wait: 7s");
  await expect(difference.locator(".cm-merge-b")).toContainText("group_wait: 2m");
  await page.getByRole("button", { name: "Publish over it" }).click();
  await expect(page.getByText(/is written, but no target could confirm/)).toBeVisible({ timeout: 60_000 });
}
