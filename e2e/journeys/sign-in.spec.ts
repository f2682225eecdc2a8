import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import type { Me, SessionDto } from "@/lib/tenancy/contract";
import { callApi } from "../fixtures/api";
import { signInWithOidc } from "../fixtures/sign-in";

const CLI = path.join(import.meta.dirname, "../../dist/signalbox.mjs");
const CALLBACK = "/api/auth/callback/oidc";

async function expectNobody(page: Page): Promise<void> {
  await callApi(page, "GET", "/api/me", { status: 401 });
}

async function expectRefusedByOidc(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/sign-in\?.*error=OAuth/);
  await expect(page.getByText("The sign-in service did not confirm who you are.")).toBeVisible();
  await expectNobody(page);
}

/** A browser of its own that holds what `from` holds, as a thief of its cookies would. */
async function copyOf(browser: Browser, from: BrowserContext): Promise<Page> {
  const copy = await browser.newContext();
  await copy.addCookies(await from.cookies());
  const page = await copy.newPage();
  await page.goto("/signed-out");
  return page;
}

/** Everything at the provider, up to the address that brings the code back; that one is not opened yet. */
async function walkToCallback(page: Page): Promise<URL> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: /Test SSO/ }).click();
  await page.waitForURL(/\/interaction\//);
  let url = page.url();
  for (let step = 0; step < 12 && new URL(url).pathname !== CALLBACK; step++) {
    let answer = await page.request.get(url, { maxRedirects: 0 });
    if (answer.ok()) {
      const html = await answer.text();
      const [, action = ""] = /action="([^"]+)"/.exec(html) ?? [];
      const [, prompt = ""] = /name="prompt" value="(\w+)"/.exec(html) ?? [];
      const form = { prompt, login: "alice", password: "irrelevant" };
      answer = await page.request.post(new URL(action, url).href, { form, maxRedirects: 0 });
    }
    url = new URL(answer.headers().location ?? "", url).href;
  }
  expect(new URL(url).pathname).toBe(CALLBACK);
  return new URL(url);
}

async function oneTimeLink(): Promise<string> {
  const env = { ...process.env, DATABASE_URL: "", DATA_DIR: String(test.info().config.metadata.dataDir) };
  const run = promisify(execFile)(process.execPath, [CLI, "reset-password", "admin@signalbox.example"], { env });
  const { pathname, search, hash } = new URL((await run).stdout.trim());
  expect([search, hash]).toEqual(["", expect.stringMatching(/^#token=[\w-]{43}$/)]);
  return pathname + hash;
}

test("a callback with a wrong state is refused, though its code is right", async ({ page }) => {
  const callback = await walkToCallback(page);
  expect(callback.searchParams.get("code")).toBeTruthy();
  callback.searchParams.set("state", "of-somebody-else");
  await page.goto(callback.href);
  await expectRefusedByOidc(page);
});

test("a code works once: for a stranger never, for a copy of the browser not again", async ({ page, browser }) => {
  const callback = await walkToCallback(page);
  const copy = await copyOf(browser, page.context());
  const stranger = await (await browser.newContext()).newPage();
  await page.goto(callback.href);
  await expect(page).toHaveURL(/\/demo/);

  for (const other of [stranger, copy]) {
    await other.goto(callback.href);
    await expectRefusedByOidc(other);
    await other.context().close();
  }
});

test("a one-time link signs in once, on the press and not on the visit", async ({ page, browser }) => {
  const link = await oneTimeLink();
  await page.request.get(link);
  // What the server is told of the link, in whatever way, is not the token.
  const token = link.slice(link.indexOf("=") + 1);
  const told: string[] = [];
  page.on("request", (request) => told.push(request.url(), request.headers().referer ?? ""));
  await page.goto(link);
  await expect(page).toHaveURL(/\/sign-in\/link$/);
  await expectNobody(page);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/set-password/);
  expect(told.length).toBeGreaterThan(2);
  expect(told.filter((one) => one.includes(token))).toEqual([]);
  expect(await callApi<Me>(page, "GET", "/api/me")).toMatchObject({ email: "admin@signalbox.example" });

  const later = await (await browser.newContext()).newPage();
  await later.goto(link);
  await later.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(later.getByText("This link was used already, or it is too old.")).toBeVisible();
  await expectNobody(later);
  await later.context().close();
});

test("a session that is ended elsewhere loses access at its next request", async ({ page, browser }) => {
  await signInWithOidc(page, "alice");
  const elsewhere = await (await browser.newContext()).newPage();
  await signInWithOidc(elsewhere, "alice");
  const { sessionId } = await callApi<Me>(page, "GET", "/api/me");
  const sessions = await callApi<SessionDto[]>(elsewhere, "GET", "/api/me/sessions");
  expect(sessions).toContainEqual(expect.objectContaining({ id: sessionId, current: false }));

  await callApi(elsewhere, "DELETE", `/api/me/sessions/${sessionId}`);
  await expectNobody(page);
  await page.goto("/demo/receivers");
  await expect(page).toHaveURL(/\/sign-in/);
  await callApi(elsewhere, "GET", "/api/me");
  await elsewhere.context().close();
});

test("signing out ends the session on the server, also for a copy of the cookie", async ({ page, browser }) => {
  await signInWithOidc(page, "alice");
  const copy = await copyOf(browser, page.context());
  await callApi(copy, "GET", "/api/me");
  await page.getByRole("button", { name: /Alice Admin/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/signed-out/);
  await expectNobody(page);
  await expectNobody(copy);
  await copy.context().close();
});

test("signing in never leads to another host", async ({ page, baseURL }) => {
  const visited = new Set<string>();
  await page.route(
    ({ hostname }) => hostname === "evil.example",
    (route) => route.fulfill({ body: "A page that asks for the password again" }),
  );
  page.on("framenavigated", (frame) => visited.add(new URL(frame.url()).hostname));
  await signInWithOidc(page, "alice", "/sign-in?callbackUrl=https://evil.example/");
  // Who is signed in already is sent on at once.
  for (const target of ["https://evil.example/", "//evil.example/", "/.//evil.example/", "/\\evil.example/"]) {
    await page.goto(`/sign-in?next=${encodeURIComponent(target)}`);
    await expect(page, target).toHaveURL(/\/demo/);
  }
  expect([...visited]).toEqual([new URL(baseURL ?? "").hostname]);
});

test("sign-out and sign-in by request keep no address of another host", async ({ page, baseURL }) => {
  await page.goto("/sign-in");
  const { csrfToken } = await callApi<{ csrfToken: string }>(page, "GET", "/api/auth/csrf");
  const form = { csrfToken, callbackUrl: "https://evil.example/", json: "true" };
  await page.request.post("/api/auth/signin/oidc", { form });
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ value }) => value.includes("evil.example"))).toEqual([]);
  const answer = await page.request.post("/api/auth/signout", { form });
  expect(new URL((await answer.json()).url).origin).toBe(baseURL);
});

test("a write without our header, or from another site, is refused", async ({ page, baseURL }) => {
  await signInWithOidc(page, "alice");
  const write = async (headers: Record<string, string>) => {
    const answer = await page.request.post("/api/demo/changes", { headers, data: { title: "From elsewhere" } });
    return { status: answer.status(), code: (await answer.json()).code };
  };
  const origin = baseURL ?? "";
  const refused = { status: 403, code: "csrf_refused" };
  expect(await write({ origin })).toEqual(refused);
  expect(await write({ origin: "https://evil.example", "x-signalbox-csrf": "1" })).toEqual(refused);
  expect(await write({ origin: "null", "x-signalbox-csrf": "1" })).toEqual(refused);
  expect(await write({ "sec-fetch-site": "cross-site", "x-signalbox-csrf": "1" })).toEqual(refused);
  expect(await write({ origin, "x-signalbox-csrf": "1" })).toMatchObject({ status: 201 });
});
