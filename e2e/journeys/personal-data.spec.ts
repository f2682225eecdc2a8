import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { type Download, expect, type Page, test } from "@playwright/test";
import { type RunningApp, startApp } from "../../lib/testing/running-app";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { enterByLink } from "../fixtures/sign-in";

test.describe("personal data", () => {
  test.setTimeout(240_000);
  let folder: string;
  let app: RunningApp;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    folder = mkdtempSync(path.join(path.dirname(String(test.info().config.metadata.targets)), "personal-data-"));
    app = await startApp(folder);
  });
  test.afterAll(async () => {
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const axe = async (page: Page) => expect(await barriers(page)).toEqual([]);

  async function saved(page: Page, press: () => Promise<void>): Promise<{ name: string; text: string }> {
    const waiting: Promise<Download> = page.waitForEvent("download");
    await press();
    const download = await waiting;
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "latin1") };
  }

  test("somebody takes their data away and deletes their account; an operator finds the receipt", async ({
    page,
    browser,
  }) => {
    await enterByLink(page, `${app.base}/sign-in/link#token=${app.token}`);
    const email = "zora.finch@canary.example";
    const { link } = await callApi<{ link: string }>(page, "POST", `${app.base}/api/demo/members`, {
      body: { email, name: "Zora Finch", role: "editor" },
    });
    const zora = await (await browser.newContext()).newPage();
    await enterByLink(zora, link);

    await zora.goto(`${app.base}/account/data`);
    await axe(zora);
    const zip = await saved(zora, () => zora.getByRole("link", { name: "Export as ZIP" }).click());
    expect(zip.name).toMatch(/^person-[\d-]+\.zip$/);
    for (const file of ["person.json", "people.csv", "auth_sessions.csv", "events.csv"])
      expect(zip.text).toContain(file);

    await zora.getByRole("button", { name: "Delete my account" }).click();
    const dialog = zora.getByRole("dialog");
    await dialog.getByLabel(`Type ${email} to go on`).fill("zora");
    await expect(dialog.getByRole("button", { name: "Erase for good" })).toBeDisabled();
    await axe(zora);
    await dialog.getByLabel(`Type ${email} to go on`).fill(email);
    const receipt = await saved(zora, () => dialog.getByRole("button", { name: "Erase for good" }).click());
    expect(JSON.parse(receipt.text)).toMatchObject({ requestedBy: "own", tenants: 1, rows: { people: 1 } });
    expect(receipt.text).not.toContain("zora");
    await expect(zora).toHaveURL(/signed-out/);
    await zora.goto(`${app.base}/account`);
    await expect(zora).toHaveURL(/sign-in/);

    await page.goto(`${app.base}/platform/personal-data`);
    await expect(page.getByRole("cell", { name: "done" })).toBeVisible();
    await axe(page);
    const found = await saved(page, () => page.getByRole("button", { name: /Save the receipt of/ }).click());
    expect(found.text).toBe(receipt.text);
    const record = await saved(page, () => page.getByRole("link", { name: "Save as Markdown" }).click());
    expect(record.text).toContain("| people.email | contact |");

    // Who operates alone cannot be erased; what is known of them can be had.
    const own = "admin@signalbox.example";
    await page.getByLabel("E-mail address").fill(own);
    const theirs = await saved(page, () => page.getByRole("button", { name: "Export as ZIP" }).click());
    expect(theirs.text).toContain("person.json");
    await page.getByRole("button", { name: "Erase for good" }).click();
    await page.getByLabel(`Type ${own} to go on`).fill(own);
    await page.getByRole("dialog").getByRole("button", { name: "Erase for good" }).click();
    await expect(page.getByRole("dialog").getByRole("alert")).toContainText("Make somebody else one first");
    await axe(page);
  });
});
