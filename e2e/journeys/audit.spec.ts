import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { verifyExport } from "../../lib/audit/proofs/contract";
import { type RunningApp, startApp } from "../../lib/testing/running-app";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { enterByLink } from "../fixtures/sign-in";

test.describe("the log", () => {
  let folder: string;
  let app: RunningApp;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    folder = mkdtempSync(path.join(path.dirname(String(test.info().config.metadata.targets)), "audit-"));
    app = await startApp(folder);
  });
  test.afterAll(async () => {
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const axe = async (page: Page) => expect(await barriers(page)).toEqual([]);
  const rows = (page: Page) => page.locator("tr[data-event]");

  test("tells of refused attempts, is filtered, proves its events in the browser, and shows a proof that is none", async ({
    page,
    browser,
  }) => {
    test.setTimeout(120_000);
    await enterByLink(page, `${app.base}/sign-in/link#token=${app.token}`);
    const { link, member } = await callApi<{ link: string; member: { id: string } }>(
      page,
      "POST",
      `${app.base}/api/demo/members`,
      { body: { name: "Dana Editor", email: "dana@b.example", role: "editor" } },
    );
    const dana = await (await browser.newContext()).newPage();
    await enterByLink(dana, link);

    // An editor asks for what editors may not do, and somebody guesses their password.
    for (let time = 0; time < 3; time++) {
      await callApi(dana, "DELETE", `${app.base}/api/demo/members/${member.id}`, { status: 403 });
    }
    const guess = await (await browser.newContext()).newPage();
    await guess.goto(`${app.base}/sign-in`);
    await guess.getByLabel("E-mail").fill("dana@b.example");
    await guess.getByRole("button", { name: "Continue", exact: true }).click();
    await guess.getByLabel("Password").fill("not her password");
    await guess.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(guess.getByRole("alert").filter({ hasText: /./ }).first()).toBeVisible();
    await callApi(page, "PUT", `${app.base}/api/demo/members/${member.id}`, { body: { role: "viewer" } });

    await page.goto(`${app.base}/demo/audit`);
    await expect(rows(page).first()).toBeVisible();
    await page.getByLabel("Who").selectOption("Dana Editor");
    await expect(page).toHaveURL(new RegExp(`actor=${member.id}`));
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText("Refused");
    await rows(page).getByRole("button").click();
    await expect(page.getByText("members:manage")).toBeVisible();
    await axe(page);

    // The address alone brings it back; words are looked for in the reader's language.
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("searchbox", { name: "Search" }).fill("sign-in failed");
    await expect(rows(page)).toHaveCount(1);
    await expect(page).toHaveURL(/q=sign-in/);
    await page.reload();
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText("Sign-in failed");
    await expect(page.getByRole("table")).not.toContainText("dana@b.example");

    // What was and what is.
    await page.goto(`${app.base}/demo/audit?type=MemberRoleChanged`);
    await rows(page).first().getByRole("button").click();
    await expect(page.getByRole("row", { name: "value editor viewer" })).toBeVisible();

    await page.getByRole("button", { name: "Prove" }).click();
    await expect(page.getByText("This event is in the signed log")).toBeVisible({ timeout: 20_000 });
    for (const step of ["The event’s words give its leaf hash", "The log’s keys signed the checkpoint"]) {
      await expect(page.getByRole("listitem").filter({ hasText: step })).toContainText("proven");
    }
    await axe(page);
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download proof" }).click();
    const file = await readFile(await (await coming).path(), "utf8");
    expect(await verifyExport(file.trimEnd().split("\n"))).toMatchObject({ events: 1, problems: [] });

    // One byte of the answer is another one on its way.
    await page.route("**/audit/proof?*", async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/viewer/, "viewes");
      await route.fulfill({ response: answer, body });
    });
    await page.getByRole("button", { name: "Prove" }).click();
    await expect(page.getByText("The proof failed")).toBeVisible({ timeout: 20_000 });
    const spoilt = page.getByRole("listitem").filter({ hasText: "The event’s words give its leaf hash" });
    await expect(spoilt).toContainText("failed");
    await expect(spoilt).toContainText("The event is not what was hashed.");
    await expect(page.getByText("This event is in the signed log")).toHaveCount(0);
    await axe(page);

    // Taking it away is an event too, and the installation's log is the operators'.
    const csv = page.waitForEvent("download");
    await page.getByRole("link", { name: "CSV", exact: true }).click();
    expect(await readFile(await (await csv).path(), "utf8")).toContain('"MemberRoleChanged"');
    await page.goto(`${app.base}/demo/audit?type=AuditExported`);
    await expect(rows(page)).toHaveCount(1);
    await page.goto(`${app.base}/platform/audit?q=signed+in`);
    await expect(rows(page).first()).toContainText("Signed in");
    await callApi(dana, "GET", `${app.base}/api/platform/audit`, { status: 403 });
    await rows(page).first().getByRole("button").click();
    await page.unroute("**/audit/proof?*");
    await page.getByRole("button", { name: "Prove" }).click();
    await expect(page.getByText("This event is in the signed log")).toBeVisible({ timeout: 20_000 });
    await axe(page);
  });
});
