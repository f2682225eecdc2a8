import { expect, test } from "@playwright/test";
import { barriers } from "../fixtures/barriers";
import { signInWithOidc } from "../fixtures/sign-in";

test("a token is made, shown once, used without a cookie, exchanged, and revoked", async ({
  page,
  playwright,
  baseURL,
}) => {
  await signInWithOidc(page, "alice");
  await page.goto("/demo/settings/tokens");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill("pipeline");
  await dialog.getByRole("checkbox", { name: /^configuration:view/ }).check();
  expect(await barriers(page, { within: "[role=dialog]" })).toEqual([]);
  await dialog.getByRole("button", { name: "Create token" }).click();
  const token = await dialog.getByRole("textbox", { name: "Token" }).inputValue();
  expect(token).toMatch(/^sbx_[0-9A-Za-z]{49}$/);
  await expect(dialog).toContainText('curl -H "Authorization: Bearer $SIGNALBOX_TOKEN"');
  expect(await barriers(page, { within: "[role=dialog]" })).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("table", { name: "API tokens" })).toContainText("pipeline");
  await expect(page.getByText(token)).toHaveCount(0);

  const program = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const as = (bearer: string) => ({ headers: { authorization: `Bearer ${bearer}` } });
  expect((await program.get("/api/demo/changes", as(token))).status()).toBe(200);
  expect((await program.post("/api/demo/changes", { ...as(token), data: {} })).status()).toBe(403);
  expect((await program.get("/api/me", as(token))).status()).toBe(401);
  const exchange = (form: Record<string, string>) => program.post("/api/token", { form });
  const first = await (
    await exchange({ grant_type: "urn:ietf:params:oauth:grant-type:token-exchange", subject_token: token })
  ).json();
  expect((await program.get("/api/demo/changes", as(first.access_token))).status()).toBe(200);
  const next = await (await exchange({ grant_type: "refresh_token", refresh_token: first.refresh_token })).json();
  expect((await program.get("/api/demo/changes", as(next.access_token))).status()).toBe(200);

  await page.reload();
  const row = page.getByRole("row", { name: /pipeline/ });
  await expect(row).not.toContainText("never");
  expect(await barriers(page)).toEqual([]);
  await row.getByRole("button", { name: "Revoke pipeline" }).click();
  await expect(page.getByText("pipeline is revoked", { exact: true })).toBeVisible();
  for (const dead of [token, first.access_token, next.access_token]) {
    expect((await program.get("/api/demo/changes", as(dead))).status()).toBe(401);
  }
  await program.dispose();
});
