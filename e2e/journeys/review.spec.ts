import { mkdirSync, realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { openTenant } from "../fixtures/own-tenant";
import { enterByLink, signInWithOidc } from "../fixtures/sign-in";

const YAML = `route:
  receiver: team
receivers:
  - name: team
    slack_configs:
      - api_url: https://hooks.example/services/T0/B0/hush
        channel: "#first"
`;

interface Change {
  id: string;
  version: number;
  status: string;
  document: { config: { receivers: { slack_configs: { channel: string }[] }[] } };
}

async function invited(page: Page, slug: string, browser: Browser): Promise<Page> {
  const { link } = await callApi<{ link: string }>(page, "POST", `/api/${slug}/members`, {
    body: { name: "Rita", email: `rita@${slug}.example`, role: "approver" },
  });
  const rita = await (await browser.newContext()).newPage();
  await enterByLink(rita, link);
  return rita;
}

test.describe("review by a second person", () => {
  const slug = `review-${Date.now().toString(36)}`;

  async function setChannel(page: Page, id: string, channel: string): Promise<void> {
    const { document, version } = await callApi<Change>(page, "GET", `/api/${slug}/changes/${id}`);
    const next = structuredClone(document);
    next.config.receivers[0]!.slack_configs[0]!.channel = channel;
    await callApi(page, "PUT", `/api/${slug}/changes/${id}/document`, { body: next, ifMatch: version });
  }

  const statusOf = async (page: Page, id: string) =>
    (await callApi<Change>(page, "GET", `/api/${slug}/changes/${id}`)).status;

  test("is asked for, given, lost by an edit, given again; then it is published at its time; a conflict is merged", async ({
    page,
    browser,
  }) => {
    const root = path.join(realpathSync(String(test.info().config.metadata.targets)), slug);
    mkdirSync(root, { recursive: true });
    const file = path.join(root, "alertmanager.yml");
    await signInWithOidc(page, "alice");
    const tenantId = await openTenant(page, slug, "Review");
    await callApi(page, "POST", "/api/platform/targets", {
      body: { kind: "file", tenantId, name: "production", path: file, version: "0.25" },
    });
    const rita = await invited(page, slug, browser);

    // The rule, on its page.
    await page.goto(`/${slug}/settings/review`);
    await page.getByRole("switch", { name: "Changes need approval before they are published" }).click();
    await page.getByRole("button", { name: "Save rules" }).click();
    await expect(page.getByText("The rules are saved", { exact: true })).toBeVisible();

    const { change } = await callApi<{ change: Change }>(page, "POST", `/api/${slug}/import`, {
      body: { yaml: YAML, title: "First channel" },
    });
    await page.goto(`/${slug}/changes/${change.id}`);
    await expect(page.getByText("0 of 1 approval")).toBeVisible();
    await expect(page.getByRole("button", { name: "Publish", exact: true })).toBeDisabled();
    await page.getByRole("button", { name: "Ask for review" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Ask for review" }).click();
    // Who wrote it does not approve it.
    await expect(page.getByText("You wrote in this change")).toBeVisible();
    await expect(page.getByRole("button", { name: "Approve" })).toBeDisabled();

    // The other is told, finds it, writes about a line, and approves.
    await rita.goto(`/${slug}/changes`);
    await rita.getByRole("button", { name: "Notices, 1 unread" }).click();
    await rita
      .getByRole("dialog")
      .getByRole("link", { name: /asks you to review #1 First channel/ })
      .click();
    await expect(rita).toHaveURL(new RegExp(change.id));
    await rita.getByLabel("About").selectOption({ label: "A line of the text" });
    await rita.getByLabel("Line", { exact: true }).fill("4");
    await rita.getByLabel("Message").fill("Why not #second?");
    await rita.getByRole("button", { name: "Send" }).click();
    await expect(rita.getByRole("listitem").filter({ hasText: "Why not #second?" })).toContainText("Line 4");
    expect(await barriers(rita)).toEqual([]);
    await approve(rita);
    await expect(rita.getByText("1 of 1 approval")).toBeVisible();

    // An edit makes it stale.
    await setChannel(page, change.id, "#second");
    await page.reload();
    await expect(page.getByText("0 of 1 approval")).toBeVisible();
    await expect(page.getByText("out of date")).toBeVisible();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Why not #second?" })
      .getByRole("button", { name: "Resolve" })
      .click();
    await expect(page.getByText(/resolved by/)).toBeVisible();
    await rita.reload();
    await approve(rita);
    await expect(rita.getByText("1 of 1 approval")).toBeVisible();

    // Some seconds ahead, it publishes itself.
    await rita.getByRole("button", { name: "Schedule", exact: true }).click();
    const dialog = rita.getByRole("dialog");
    await dialog.getByLabel("Time zone").fill("UTC");
    await dialog.getByLabel("Time", { exact: true }).fill(new Date(Date.now() + 4_000).toISOString().slice(0, 19));
    await dialog.getByRole("button", { name: "Schedule" }).click();
    await expect(rita.getByText("Scheduled by Rita")).toBeVisible();
    await expect.poll(() => statusOf(page, change.id), { timeout: 20_000 }).toBe("published");
    expect(await readFile(file, "utf8")).toContain("#second");

    // Two changes of one place: the second sees both sides and chooses.
    const [mine, other] = await Promise.all(
      ["Mine", "Other"].map((title) => callApi<Change>(page, "POST", `/api/${slug}/changes`, { body: { title } })),
    );
    await setChannel(page, mine!.id, "#mine");
    await setChannel(page, other!.id, "#theirs");
    await callApi(page, "POST", `/api/${slug}/changes/${other!.id}/publish`, {
      body: { bypass: "The second one may not wait" },
    });
    await expect.poll(() => statusOf(page, other!.id), { timeout: 20_000 }).toBe("published");
    await page.goto(`/${slug}/changes/${mine!.id}`);
    await page.getByRole("button", { name: "Bring it in" }).click();
    const merge = page.getByRole("dialog");
    await expect(merge.getByText("#second")).toBeVisible();
    await merge.getByRole("radio", { name: "Published" }).check();
    await merge.getByRole("button", { name: "Bring it in" }).click();
    await expect(merge).toHaveCount(0);
    const merged = await callApi<Change>(page, "GET", `/api/${slug}/changes/${mine!.id}`);
    expect(merged.document.config.receivers[0]?.slack_configs[0]?.channel).toBe("#theirs");
    await page.goto(`/${slug}/changes/${other!.id}`);
    await expect(page.getByText(/Review was bypassed by/)).toBeVisible();

    // Other specs count on alice being in one tenant only.
    const promoted = await callApi<{ id: string; email: string }[]>(page, "GET", `/api/${slug}/members`);
    const idOf = (start: string) => promoted.find(({ email }) => email.startsWith(start))?.id;
    await callApi(page, "PUT", `/api/${slug}/members/${idOf("rita")}`, { body: { role: "admin" } });
    await callApi(page, "DELETE", `/api/${slug}/members/${idOf("alice")}`);
  });
});

async function approve(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
}
