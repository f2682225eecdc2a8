import { expect, test } from "@playwright/test";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { signInWithOidc } from "../fixtures/sign-in";

interface Keyring {
  keys: { version: number; state: string; dataKeys: number }[];
  dataKeys: { replaced: { sealing: number; unused: number; destroyed: number } };
}

test("an operator makes a new key; data keys follow, the old key is refused, and all opens", async ({ page }) => {
  await signInWithOidc(page, "alice");
  await page.goto("/platform/keys");
  const before = await callApi<Keyring>(page, "GET", "/api/platform/keys");
  const next = (before.keys[0]?.version ?? 0) + 1;
  await page.getByRole("button", { name: "New key" }).click();
  await expect(page.getByRole("status").getByText(`Key ${next} wraps what is new`)).toBeVisible();
  await expect(page.getByRole("table", { name: "Keyring" }).getByRole("row").nth(1)).toContainText("primary");
  await expect
    .poll(async () => {
      const { keys } = await callApi<Keyring>(page, "GET", "/api/platform/keys");
      return keys.slice(1).reduce((sum, key) => sum + key.dataKeys, 0);
    })
    .toBe(0);
  await page.getByRole("button", { name: "Refuse older keys" }).click();
  const dialog = page.getByRole("dialog");
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Refuse older keys" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row").filter({ hasText: "refused" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Verify all" }).click();
  await expect(page.getByText("All of them open.")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
});

test("an operator replaces a data key; what the one before sealed is sealed again, and all opens", async ({ page }) => {
  await signInWithOidc(page, "alice");
  await page.goto("/platform/keys");
  const emptied = async () => {
    const { dataKeys } = await callApi<Keyring>(page, "GET", "/api/platform/keys");
    return dataKeys.replaced.unused + dataKeys.replaced.destroyed;
  };
  const before = await emptied();
  await page
    .getByRole("button", { name: /^Replace the data key of/ })
    .first()
    .click();
  await expect(page.getByRole("status").getByText("Data key replaced")).toBeVisible();
  await expect.poll(emptied, { timeout: 60_000 }).toBeGreaterThan(before);
  await page.reload();
  await expect(page.getByText(/Of the replaced data keys/)).toBeVisible();
  await page.getByRole("button", { name: "Verify all" }).click();
  await expect(page.getByText("All of them open.")).toBeVisible();
  expect(await barriers(page)).toEqual([]);
});

test("keys are not for others", async ({ page }) => {
  await signInWithOidc(page, "bob");
  expect((await page.goto("/platform/keys"))?.status()).toBe(404);
  await callApi(page, "GET", "/api/platform/keys", { status: 403 });
  await callApi(page, "POST", "/api/platform/keys/rotate", { status: 403 });
});
