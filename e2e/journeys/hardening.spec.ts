import { request as send } from "node:http";
import { connect } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { callApi } from "../fixtures/api";
import { leaveTenant, openTenant } from "../fixtures/own-tenant";
import { signInWithOidc } from "../fixtures/sign-in";

/** One of each kind of answer: pages, the API in its forms, what programs ask, and what is not there. */
const ADDRESSES = [
  "/sign-in",
  "/demo",
  "/platform/tenants",
  "/no/such/page",
  "/api/me",
  "/api/demo/changes",
  "/api/openapi.json",
  "/api/docs",
  "/api/auth/csrf",
  "/api/tap/x/api/v2/alerts",
  "/metrics",
  "/healthz",
  "/icon.svg",
];

test("every kind of answer says how a browser must treat it", async ({ page }) => {
  await signInWithOidc(page, "alice");
  const script = await page.locator("script[src^='/_next/']").first().getAttribute("src");
  for (const address of [...ADDRESSES, script ?? ""]) {
    const headers = (await page.request.get(address, { maxRedirects: 0, failOnStatusCode: false })).headers();
    expect.soft(headers, address).toMatchObject({
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
    expect.soft(headers["content-security-policy"], address).toContain("frame-ancestors 'none'");
    expect.soft(headers["access-control-allow-origin"], address).toBeUndefined();
    expect.soft(headers["x-powered-by"], address).toBeUndefined();
    if (address.startsWith("/api/") && !address.includes("openapi")) {
      expect.soft(headers["cache-control"], address).toContain("no-store");
    }
  }
});

function raw(page: Page, method: string, path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(page.url());
  return new Promise((resolve, reject) => {
    const call = send({ hostname, port, method, path, headers: { "x-canary": "comes-back" } }, (answer) => {
      let body = "";
      answer.on("data", (part) => {
        body += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    call.on("error", reject);
    call.end();
  });
}

test("methods that are not there are refused, and TRACE gives nothing back", async ({ page }) => {
  await page.goto("/sign-in");
  for (const path of ["/sign-in", "/api/me", "/healthz"]) {
    const { status, body } = await raw(page, "TRACE", path);
    expect.soft(status, path).toBeGreaterThanOrEqual(400);
    expect.soft(body, path).not.toContain("comes-back");
  }
  for (const path of ["/api/me", "/api/demo/changes"]) expect((await raw(page, "PATCH", path)).status).toBe(405);
});

test("pages are kept by no cache, and none answers under the name of a file", async ({ page }) => {
  await signInWithOidc(page, "alice");
  for (const address of ["/demo", "/demo/receivers", "/account", "/platform/tenants", "/sign-in"]) {
    const answer = await page.request.get(address);
    expect.soft(answer.headers()["cache-control"], address).toContain("no-store");
  }
  for (const address of ["/demo/receivers/none.css", "/demo/changes/none.js", "/account/a.png", "/demo.css"]) {
    const answer = await page.request.get(address, { failOnStatusCode: false });
    expect.soft(answer.status(), address).toBe(404);
    expect.soft(await answer.text(), address).toBe("");
  }
});

test("every cookie is small enough to be kept and sent back", async ({ page, context }) => {
  await signInWithOidc(page, "alice");
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name).filter((name) => name.includes("session"))).not.toEqual([]);
  for (const { name, value } of cookies) expect(name.length + value.length, name).toBeLessThan(4096);
});

test("a request whose end is not clear is refused, and nothing behind it is answered", async ({ baseURL }) => {
  const { hostname, port } = new URL(baseURL ?? "");
  const second = `GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
  const post = "POST /api/me HTTP/1.1\r\nHost: a\r\n";
  for (const bytes of [
    `${post}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `${post}Content-Length: 0\r\nContent-Length: 9\r\n\r\n`,
    `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    `${post}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`,
    "GET /api/me HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
  ]) {
    const said = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes + second));
      let all = "";
      socket.on("data", (part) => {
        all += part;
      });
      socket.on("close", () => resolve(all));
      socket.on("error", () => resolve(all));
    });
    expect(said, bytes).toMatch(/^HTTP\/1\.1 400 /);
    expect(said.match(/HTTP\/1\.1/g), bytes).toHaveLength(1);
  }
});

test("passwords are masked, and may be pasted and kept by a password manager", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/sign-in");
  const field = page.locator("input[name=password]");
  if ((await field.count()) === 0) await page.getByRole("button", { name: /password/i }).click();
  await expect(field).toHaveAttribute("type", "password");
  await expect(field).toHaveAttribute("autocomplete", "current-password");
  await page.evaluate(() => navigator.clipboard.writeText("pasted from elsewhere"));
  await field.focus();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(field).toHaveValue("pasted from elsewhere");
});

test("signing out is at hand wherever one is signed in", async ({ page }) => {
  await signInWithOidc(page, "alice");
  for (const address of ["/demo", "/demo/settings/members"]) {
    await page.goto(address);
    await page.getByRole("button", { name: /Alice Admin/ }).click();
    await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
  }
  for (const address of ["/platform/tenants", "/account"]) {
    await page.goto(address);
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  }
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/signed-out/);
});

test("a batch of alerts as large as allowed arrives whole", async ({ page, request, browser }) => {
  await signInWithOidc(page, "alice");
  const slug = `large-${Date.now().toString(36)}`;
  await openTenant(page, slug, "Large batches");
  const { token } = await callApi<{ token: string }>(page, "POST", `/api/${slug}/taps`, {
    body: { name: "large batches" },
  });
  const alerts = Array.from({ length: 60 }, (_, at) => ({
    labels: { alertname: `Large${at}` },
    annotations: { text: "x".repeat(200 * 1024) },
    startsAt: new Date().toISOString(),
  }));
  const answer = await request.post("/api/tap/api/v2/alerts", {
    headers: { authorization: `Bearer ${token}` },
    data: alerts,
  });
  expect(answer.status()).toBe(200);
  await leaveTenant(page, slug, browser);
});
