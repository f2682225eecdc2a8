import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { generate } from "otplib";
import pg from "pg";
import { type RunningApp, startApp } from "../../lib/testing/running-app";
import { callApi } from "../fixtures/api";
import { barriers } from "../fixtures/barriers";
import { freePort } from "../fixtures/ports";

const EMAIL = "admin@signalbox.example";
const PASSWORD = "correct horse battery staple";

/** Passkeys need a name: this app is reached as localhost, unlike the one of the other journeys. */
test.describe("a second factor", () => {
  test.setTimeout(240_000);
  let folder: string;
  let app: RunningApp;
  let origin: string;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    folder = mkdtempSync(path.join(path.dirname(String(test.info().config.metadata.targets)), "second-factor-"));
    const port = await freePort();
    origin = `http://localhost:${port}`;
    app = await startApp(folder, { PORT: String(port), PUBLIC_URL: origin });
  });
  test.afterAll(async () => {
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Nobody waits a quarter of an hour here. */
  async function ageSessions(): Promise<void> {
    const port = readFileSync(path.join(app.dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[3];
    const passwords: { app: string } = JSON.parse(
      readFileSync(path.join(app.dataDir, "postgres-passwords.json"), "utf8"),
    );
    const client = new pg.Client(`postgresql://signalbox_app:${passwords.app}@127.0.0.1:${port}/signalbox`);
    await client.connect();
    await client.query("UPDATE auth_sessions SET stepped_up_at = now() - interval '16 minutes'");
    await client.end();
  }

  async function signIn(page: Page): Promise<void> {
    await page.context().clearCookies();
    await page.goto(`${origin}/sign-in?next=/demo`);
    await page.getByLabel("E-mail").fill(EMAIL);
    await page.getByRole("button", { name: "Continue", exact: true }).click();
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Second factor" })).toBeVisible();
  }

  const inside = (page: Page) => expect(page).toHaveURL(`${origin}/demo`);
  const axe = async (page: Page) => expect(await barriers(page)).toEqual([]);

  test("app, recovery codes, passkey as second and as first factor, and asked for again before publishing", async ({
    page,
  }) => {
    const devtools = await page.context().newCDPSession(page);
    await page.goto(`${origin}/sign-in/link#token=${app.token}`);
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByLabel("Repeat it").fill(PASSWORD);
    await page.getByRole("button", { name: "Set password" }).click();
    await page.waitForURL((url) => url.pathname !== "/set-password");

    await page.goto(`${origin}/account/second-factor`);
    await page.getByRole("button", { name: "Add a second factor" }).click();
    await page.getByRole("button", { name: "Authenticator app" }).click();
    const secret = await page.getByRole("textbox", { name: "Secret" }).inputValue();
    await expect(page.getByRole("img", { name: /QR code/ })).toBeVisible();
    await axe(page);
    const code = (seconds = 0) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + seconds });
    await page.getByLabel("Code from the app").fill(await code());
    await page.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
    const shown = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
    await expect(shown).toHaveCount(10);
    const codes = await shown.allTextContents();
    await page.getByRole("button", { name: "I have kept them" }).click();
    await expect(page.getByRole("cell", { name: "Phone authenticator app" })).toBeVisible();
    await axe(page);

    await signIn(page);
    await callApi(page, "GET", `${origin}/api/me`, { status: 403 });
    await callApi(page, "GET", `${origin}/api/demo/changes`, { status: 403 });
    await page.goto(`${origin}/demo/receivers`);
    await expect(page).toHaveURL(/\/second-factor\?next=%2Fdemo%2Freceivers/);
    await axe(page);
    const next = await code(30);
    const proof = page.getByLabel("Code from your authenticator app");
    await proof.fill("000000");
    await proof.press("Enter");
    await expect(page.getByText(/This code is wrong, too old or was used already/)).toBeVisible();
    await proof.fill(next);
    await proof.press("Enter");
    await expect(page).toHaveURL(`${origin}/demo/receivers`);

    await signIn(page);
    await proof.fill(next);
    await proof.press("Enter");
    await expect(page.getByText(/This code is wrong, too old or was used already/)).toBeVisible();
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").fill(codes[0] ?? "");
    await page.getByRole("button", { name: "Continue" }).click();
    await inside(page);

    await devtools.send("WebAuthn.enable");
    await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${origin}/account/second-factor`);
    await page.getByRole("button", { name: "Add a second factor" }).click();
    await page.getByRole("button", { name: "Passkey", exact: true }).click();
    await page.getByRole("button", { name: "Create passkey" }).click();
    await expect(page.getByRole("cell", { name: "Passkey passkey", exact: true })).toBeVisible();
    await expect(page.getByText("9 left")).toBeVisible();

    await signIn(page);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await inside(page);

    await page.context().clearCookies();
    await page.goto(`${origin}/sign-in?next=/demo`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await inside(page);
    const me = await callApi<Array<{ method: string; current: boolean }>>(page, "GET", `${origin}/api/me/sessions`);
    expect(me).toContainEqual(expect.objectContaining({ method: "passkey", current: true }));

    const target = path.join(folder, "targets", "demo");
    mkdirSync(target);
    const tenantId = await demoTenant(page);
    await callApi(page, "POST", `${origin}/api/platform/targets`, {
      body: { kind: "file", tenantId, name: "file", path: path.join(target, "am.yml"), version: "0.25" },
    });
    const yaml = "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n";
    const { change } = await callApi<{ change: { id: string } }>(page, "POST", `${origin}/api/demo/import`, {
      body: { yaml, title: "Stepped up" },
    });
    await ageSessions();
    await page.goto(`${origin}/demo/changes/${change.id}`);
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Is it still you?" });
    await expect(dialog).toBeVisible();
    await axe(page);
    await page.keyboard.press("Escape");
    await expect(page.getByText("Prove once more that it is you").first()).toBeVisible();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog.getByRole("button", { name: "Use a passkey" }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => read(path.join(target, "am.yml")), { timeout: 30_000 }).toContain("nobody");
  });

  async function demoTenant(page: Page): Promise<string> {
    const answer = await callApi<{ tenants: Array<{ id: string; slug: string }> }>(
      page,
      "GET",
      `${origin}/api/platform/tenants`,
    );
    return answer.tenants.find(({ slug }) => slug === "demo")?.id ?? "";
  }
});

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
