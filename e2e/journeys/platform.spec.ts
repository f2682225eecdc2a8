import { expect, type Page, test } from "@playwright/test";
import { callApi, tenantId } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { leaveTenant } from "../fixtures/own-tenant";
import { signInWithOidc } from "../fixtures/sign-in";

async function saveOwnLimit(page: Page, id: string, limit: string): Promise<void> {
  await page.goto(`/platform/tenants/${id}`);
  await page.getByRole("textbox", { name: "receivers", exact: true }).fill(limit);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Plan saved", { exact: true })).toBeVisible();
}

async function addReceiver(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "New receiver" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/limited\/receivers\/.+/);
}

const receivers = (page: Page) =>
  callApi<{ uses: { receivers: { used: number } } }>(page, "GET", "/api/limited/plan").then(
    ({ uses }) => uses.receivers.used,
  );

test("an operator gives a tenant its tier and limits, suspends and resumes it, without a restart", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  await signInWithOidc(page, "alice");
  await page.goto("/platform");
  await expect(page).toHaveURL(/\/platform\/tenants/);
  await page.getByRole("button", { name: "New tenant" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Limited");
  await dialog.getByLabel("Tier").selectOption("free");
  await dialog.getByRole("button", { name: "New tenant" }).click();
  await page.getByRole("searchbox", { name: "Name or address" }).fill("limi");
  const row = page.getByRole("row", { name: /Limited/ });
  await expect(row).toContainText("Free");
  await expect(page.getByRole("row")).toHaveCount(2);
  const id = await tenantId(page, "limited");

  await test.step("the tenant is told before the limit hurts, and stopped at it", async () => {
    await saveOwnLimit(page, id, "2");
    expect(await barriers(page)).toEqual([]);
    await page.goto("/limited/receivers");
    await addReceiver(page, "second");
    await expect.poll(() => receivers(page)).toBe(2);
    await page.goto("/limited/receivers");
    await expect(page.getByText("2 of 2 receivers. For more, ask an operator of this installation.")).toBeVisible();
    await expect(page.getByRole("button", { name: "New receiver" })).toBeDisabled();
    const names = ["a", "b", "c"].map((name) => `  - name: ${name}`).join("\n");
    const yaml = `route:\n  receiver: a\nreceivers:\n${names}\n`;
    const refusal = await callApi(page, "POST", "/api/limited/import", { body: { yaml }, status: 409 });
    expect(refusal).toMatchObject({ code: "quota_exceeded", used: 0, limit: 2, tier: "free" });
    await page.goto("/limited/settings/plan");
    await expect(page.getByRole("row", { name: /^receivers 2 2/ })).toBeVisible();
    expect(await barriers(page)).toEqual([]);
  });

  await test.step("raised, it holds at once", async () => {
    await saveOwnLimit(page, id, "10");
    await page.goto("/limited/receivers");
    await addReceiver(page, "third");
    await expect.poll(() => receivers(page)).toBe(3);
  });

  await test.step("suspended, all is read and nothing written; resumed, as before", async () => {
    await page.goto(`/platform/tenants/${id}`);
    await page.getByLabel("Reason, shown to its members").fill("moving house");
    await page.getByRole("button", { name: "Suspend" }).click();
    await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
    await page.goto("/limited/receivers");
    await expect(page.getByText(/Reason: moving house/)).toBeVisible();
    expect(await callApi(page, "POST", "/api/limited/changes", { body: {}, status: 423 })).toMatchObject({
      code: "tenant_suspended",
    });
    await page.goto(`/platform/tenants/${id}`);
    await page.getByRole("button", { name: "Resume" }).click();
    await expect(page.getByRole("button", { name: "Suspend" })).toBeVisible();
    await callApi(page, "POST", "/api/limited/changes", { body: {} });
  });

  await leaveTenant(page, "limited", browser);
});

test("whoever is no operator finds no such pages", async ({ page }) => {
  await signInWithOidc(page, "bob");
  for (const name of ["tenants", "tiers", "health"]) {
    const answer = await page.goto(`/platform/${name}`);
    expect(answer?.status()).toBe(404);
    await callApi(page, "GET", `/api/platform/${name}`, { status: 403 });
  }
});
