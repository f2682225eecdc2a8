import { expect, type Page, test } from "@playwright/test";
import { generate } from "otplib";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { enterByLink, signInWithOidc } from "../fixtures/sign-in";

const slug = `factors-${Date.now().toString(36)}`;
const other = `${slug}-too`;
const email = `otto@${slug}.example`;
const PASSWORD = "correct horse battery staple";

async function signIn(page: Page): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`/sign-in?next=/account/second-factor`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Continue", exact: true }).click();
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function addAuthenticator(page: Page): Promise<void> {
  await page.goto("/account/second-factor");
  await page.getByRole("button", { name: "Add a second factor" }).click();
  await page.getByRole("button", { name: "Authenticator app" }).click();
  const secret = await page.getByRole("textbox", { name: "Secret" }).inputValue();
  await page.getByLabel("Code from the app").fill(await generate({ secret }));
  await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByRole("cell", { name: "Phone authenticator app" })).toBeVisible();
}

async function bothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    expect.soft(await barriers(page), colorScheme).toEqual([]);
  }
}

test("who lost all second factors and is in two tenants gets in again by an operator alone", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  await signInWithOidc(page, "alice");
  const id = await openTenant(page, slug, "Factors");
  await openTenant(page, other, "Factors too");
  const invite = (tenant: string) =>
    callApi<{ link: string; member: { id: string } }>(page, "POST", `/api/${tenant}/members`, {
      body: { name: "Otto Lost", email, role: "editor" },
    });
  const { link, member } = await invite(slug);
  const otto = await (await browser.newContext()).newPage();
  await enterByLink(otto, link);
  await callApi(otto, "PUT", "/api/me/password", { body: { password: PASSWORD } });
  await addAuthenticator(otto);
  await invite(other);
  await signIn(otto);
  await expect(otto.getByRole("heading", { name: "Second factor" })).toBeVisible();
  await callApi(otto, "GET", "/api/me", { status: 403 });

  await test.step("an admin of one of the tenants may not", async () => {
    await callApi(page, "DELETE", `/api/${slug}/members/${member.id}/second-factor`, { status: 403 });
  });

  await test.step("an operator types the address twice", async () => {
    await page.goto(`/platform/tenants/${id}`);
    const open = page.getByRole("button", { name: "Remove second factors…" });
    await open.click();
    const dialog = page.getByRole("dialog", { name: "Second factors of a person" });
    await expect(dialog).toContainText("Make sure, not by mail alone, that it is them who ask.");
    const remove = dialog.getByRole("button", { name: "Remove them" });
    await expect(remove).toBeDisabled();
    await bothThemes(page);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(open).toBeFocused();
    await open.click();
    const address = dialog.getByLabel("E-mail address of the person");
    const again = dialog.getByLabel("The address once more");
    await address.fill(`nobody@${slug}.example`);
    await again.fill(email);
    await expect(remove).toBeDisabled();
    await again.fill(`nobody@${slug}.example`);
    await remove.click();
    await expect(dialog.getByRole("alert")).toBeVisible();
    await address.fill(email);
    await expect(remove).toBeDisabled();
    await again.fill(email.toUpperCase());
    await remove.click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(`The second factors of ${email} are removed`, { exact: true })).toBeVisible();
  });

  await test.step("every session of theirs has ended, and the password does until a new factor is there", async () => {
    await callApi(otto, "GET", "/api/me", { status: 401 });
    await signIn(otto);
    await expect(otto.getByText("Your second factors were removed by an admin or operator")).toBeVisible();
    await expect(otto.getByRole("cell", { name: "Phone authenticator app" })).toHaveCount(0);
    await bothThemes(otto);
    await addAuthenticator(otto);
    await expect(otto.getByText("Your second factors were removed by an admin or operator")).toHaveCount(0);
  });

  await test.step("the log of the installation says who did it", async () => {
    await page.goto("/platform/audit");
    await expect(page.locator("tr[data-event]").filter({ hasText: "Second factors reset" }).first()).toBeVisible();
  });

  await leaveTenant(page, slug, browser);
  await leaveTenant(page, other, browser);
});
