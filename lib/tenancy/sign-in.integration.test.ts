import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { startOidcProvider } from "../../e2e/fakes/oidc-provider.mjs";
import { APP, Browser, toApp } from "./testing/browser";

let database: TestDatabase;
let provider: Awaited<ReturnType<typeof startOidcProvider>>;
let room: typeof import("./index");
let firstLink: string;

beforeAll(async () => {
  provider = await startOidcProvider({ appUrl: APP, accessTokenSeconds: 1 });
  Object.assign(process.env, {
    DATA_DIR: mkdtempSync(path.join(tmpdir(), "signalbox-sign-in-")),
    PUBLIC_URL: APP,
    NEXTAUTH_URL: APP,
    NEXTAUTH_SECRET: "a secret of a test",
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: "signalbox",
    OIDC_CLIENT_SECRET: "signalbox-secret",
    OUTBOUND_ALLOW: `oidc=${new URL(provider.issuer).host}`,
  });
  database = await startTestDatabase();
  room = await import("./index");
  firstLink = (await room.bootstrap()).link?.link ?? "";
});
afterAll(async () => {
  await database.stop();
  await provider.stop();
});
afterEach(() => {
  Object.assign(globalThis, { signalboxLogger: undefined });
});
beforeEach(() => {
  process.env.OIDC_ROLE_MAP = JSON.stringify({ claim: "groups", map: { sre: { tenant: "demo", role: "approver" } } });
});

/** What the app logs from here on; the logger is made anew at its next use. */
function capturedLog(): Record<string, unknown>[] {
  const said: Record<string, unknown>[] = [];
  Object.assign(globalThis, { signalboxLogger: pino({}, { write: (line: string) => said.push(JSON.parse(line)) }) });
  return said;
}

/** Through the provider's own pages, as a person would. Returns where the app sends the browser in the end. */
async function signInWithOidc(
  browser: Browser,
  login: string,
  onCallback?: (url: URL) => void | Promise<void>,
): Promise<string> {
  let url = await browser.auth("signin/oidc", {});
  for (let step = 0; step < 12; step++) {
    const response = await browser.send(url);
    const target = response.headers.get("location");
    if (target) url = new URL(target, url).href;
    else {
      const page = await response.text();
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      const action = /action="([^"]+)"/.exec(page)?.[1];
      if (!prompt || !action) throw new Error(`unexpected page at ${url}: ${page.slice(0, 300)}`);
      const answer = await browser.send(new URL(action, url).href, { prompt, login, password: "any" });
      url = new URL(answer.headers.get("location") ?? "", url).href;
    }
    if (url.startsWith(APP) && !url.includes("/callback/")) return url;
    if (url.startsWith(APP)) {
      const callback = new URL(url);
      await onCallback?.(callback);
      url = callback.href;
    }
  }
  throw new Error(`no end at ${url}`);
}

const tokenOf = (link: string) => new URLSearchParams(new URL(link).hash.slice(1)).get("token") ?? "";

describe("one-time link", () => {
  test("signs in once; the session ends at sign-out, also for a copy of the cookie", async () => {
    const browser = new Browser();
    await expect(browser.as(() => room.currentMe())).rejects.toMatchObject({ code: "unauthenticated" });
    const token = tokenOf(firstLink);
    expect(await browser.auth("callback/link", { token })).toBe(APP);
    expect(await browser.as(() => room.currentMe())).toMatchObject({
      isOperator: true,
      hasPassword: false,
      tenants: [{ slug: "demo", role: "admin" }],
    });
    expect(await browser.as(() => room.resolveTenant("demo"))).toMatchObject({
      role: "admin",
      requestId: "request-of-a-test",
    });
    await expect(browser.as(() => room.resolveTenant("else"))).rejects.toMatchObject({ code: "not_found" });
    expect(await new Browser().auth("callback/link", { token })).toContain("error=CredentialsSignin");

    const stolen = browser.copy();
    await browser.auth("signout", {});
    await expect(stolen.as(() => room.currentMe())).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("the cookie holds the session's id and key and nothing of the person", async () => {
    const browser = new Browser();
    const { link } = await room.resetPassword("admin@signalbox.example");
    await browser.auth("callback/link", { token: tokenOf(link) });
    const { decode } = await import("next-auth/jwt");
    const cookie = /next-auth\.session-token=([^;]+)/.exec(browser.cookie(APP))?.[1];
    const token = await decode({ token: decodeURIComponent(cookie ?? ""), secret: "a secret of a test" });
    expect(Object.keys(token ?? {}).sort()).toEqual(["exp", "iat", "jti", "key", "sid"]);
  });
});

test("with an https address the cookies are for https only, and for this host", async () => {
  const cookies = async () => {
    const { csrfToken, set } = await csrfOf();
    const body = new URLSearchParams({ csrfToken, callbackUrl: APP, json: "true" }).toString();
    const headers = new Headers({ cookie: set.map((line) => line.split(";")[0]).join("; ") });
    headers.set("content-type", "application/x-www-form-urlencoded");
    const leaving = await toApp(`${APP}/api/auth/signin/oidc`, { method: "POST", headers, body });
    return [...set, ...leaving.headers.getSetCookie()];
  };
  const csrfOf = async () => {
    const answer = await toApp(`${APP}/api/auth/csrf`, { method: "GET", headers: new Headers() });
    const { csrfToken } = (await answer.clone().json()) as { csrfToken: string };
    return { csrfToken, set: answer.headers.getSetCookie() };
  };
  const plain = await cookies();
  expect(plain.length).toBeGreaterThanOrEqual(5);
  for (const line of plain) expect(line).toMatch(/^next-auth\.[\w.-]+=.*; HttpOnly; SameSite=Lax$/);
  Object.assign(process.env, { PUBLIC_URL: "https://signalbox.example", NEXTAUTH_URL: "https://signalbox.example" });
  try {
    const secure = await cookies();
    expect(secure.map((line) => line.split("=")[0]).sort()).toEqual(
      plain.map((line) => `__Host-${line.split("=")[0]}`).sort(),
    );
    // What the prefix demands: Secure, the whole host, no domain.
    for (const line of secure) {
      expect(line).toMatch(/; Path=\/;.*HttpOnly; Secure; SameSite=Lax$/);
      expect(line).not.toMatch(/Domain=/i);
    }
  } finally {
    Object.assign(process.env, { PUBLIC_URL: APP, NEXTAUTH_URL: APP });
  }
});

describe("password", () => {
  test("a wrong one is refused, and too many are told so", async () => {
    const form = { email: "nobody@example.org", password: "wrong" };
    expect(await new Browser().auth("callback/password", form)).toContain("error=CredentialsSignin");
    for (let n = 0; n < 4; n++) await new Browser().auth("callback/password", form);
    // The first wait is two seconds, which a busy machine may need for one password.
    await database.asOwner(
      "UPDATE sign_in_throttle SET blocked_until = blocked_until + interval '1 minute' WHERE blocked_until > last_at",
    );
    expect(await new Browser().auth("callback/password", form)).toContain("error=RateLimited");
    // From elsewhere the same account may still be tried: its owner is not shut out.
    expect(await new Browser("198.51.100.1").auth("callback/password", form)).toContain("error=CredentialsSignin");
  });

  test("a session remembers where it was opened from", async () => {
    const { link } = await room.resetPassword("admin@signalbox.example");
    const browser = new Browser("198.51.100.7");
    await browser.auth("callback/link", { token: tokenOf(link) });
    const { id, sessionId } = await browser.as(() => room.currentMe());
    const sessions = await room.listSessions(id, sessionId);
    expect(sessions.find(({ current }) => current)).toMatchObject({ address: "198.51.100.7", method: "link" });
  });
});

describe("OIDC", () => {
  test("nothing is asked of the provider but through the guarded door, and the log says why", async () => {
    const said = capturedLog();
    const allowed = process.env.OUTBOUND_ALLOW;
    process.env.OUTBOUND_ALLOW = "targets=127.0.0.1";
    const before = provider.requests();
    expect(await new Browser().auth("signin/oidc", {})).toContain("error=OAuthSignin");
    expect(provider.requests()).toBe(before);
    const refused = { code: "outbound_refused", message: expect.stringContaining('OUTBOUND_ALLOW="oidc=127.0.0.1"') };
    expect(said).toContainEqual(
      expect.objectContaining({ code: "SIGNIN_OAUTH_ERROR", reason: expect.objectContaining(refused) }),
    );

    process.env.OUTBOUND_ALLOW = allowed;
    const shut = () => {
      process.env.OUTBOUND_ALLOW = "";
    };
    expect(await signInWithOidc(new Browser(), "alice", shut)).toContain("error=OAuthCallback");
    expect(said.at(-1)).toMatchObject({ code: "OAUTH_CALLBACK_ERROR", reason: refused });
    process.env.OUTBOUND_ALLOW = allowed;
  });

  test("the log tells why the provider's answer was not taken, without the code or the state", async () => {
    const said = capturedLog();
    const forged = (name: string) => (callback: URL) => callback.searchParams.set(name, `forged-${"x".repeat(40)}`);
    expect(await signInWithOidc(new Browser(), "alice", forged("code"))).toContain("error=OAuthCallback");
    expect(said.at(-1)).toMatchObject({
      msg: "sign-in failed",
      code: "OAUTH_CALLBACK_ERROR",
      reason: { name: "OAuthCallbackError", message: expect.stringContaining("invalid_grant") },
    });
    expect(await signInWithOidc(new Browser(), "alice", forged("state"))).toContain("error=OAuthCallback");
    expect(said.at(-1)).toMatchObject({ reason: { message: "state mismatch, expected [cut], got: [cut]" } });
    expect(JSON.stringify(said)).not.toContain("forged-");
    expect(provider.errors.splice(0)).toEqual(["grant request is invalid"]);
  });

  test("a code that came back too late signs nobody in", async () => {
    const hasty = await startOidcProvider({ appUrl: APP, codeSeconds: 1 });
    const before = { OIDC_ISSUER: provider.issuer, OUTBOUND_ALLOW: process.env.OUTBOUND_ALLOW };
    Object.assign(process.env, { OIDC_ISSUER: hasty.issuer, OUTBOUND_ALLOW: "oidc=127.0.0.1" });
    const browser = new Browser();
    const late = () => new Promise<void>((resolve) => setTimeout(resolve, 2_100));
    expect(await signInWithOidc(browser, "alice", late)).toContain("error=OAuthCallback");
    await expect(browser.as(() => room.currentMe())).rejects.toMatchObject({ code: "unauthenticated" });
    expect(hasty.errors).toEqual(["grant request is invalid"]);
    Object.assign(process.env, before);
    await hasty.stop();
  });

  test("claims become a membership, follow at each sign-in, and parallel refreshes rotate once", async () => {
    const browser = new Browser();
    expect(await signInWithOidc(browser, "alice")).toMatch(new RegExp(`^${APP}/?$`));
    const me = await browser.as(() => room.currentMe());
    expect(me).toMatchObject({ name: "Alice Admin", tenants: [{ slug: "demo", role: "approver" }] });

    const { refreshWhenDue } = await import("./oidc-tokens");
    const session = await browser.as(() => room.resolvePerson());
    expect(session.refreshAfter).not.toBeNull();
    const rotations = async () => {
      const sql = "SELECT rotations FROM auth_sessions WHERE id = $1";
      return (await database.asOwner<{ rotations: number }>(sql, [me.sessionId]))[0]!.rotations;
    };
    const before = await rotations();
    for (let round = 1; round <= 3; round++) {
      await database.asOwner("UPDATE auth_sessions SET refresh_after = now() - interval '1 second'");
      const due = { ...session, refreshAfter: new Date(0) };
      expect(new Set(await Promise.all(Array.from({ length: 5 }, () => refreshWhenDue(due))))).toEqual(new Set([true]));
    }
    expect(await rotations()).toBe(before + 3);
    expect(provider.errors).toEqual([]);

    process.env.OIDC_ROLE_MAP = JSON.stringify({ claim: "groups", map: { sre: { tenant: "demo", role: "viewer" } } });
    await signInWithOidc(new Browser(), "alice");
    expect((await room.tenantsOf(me.id))[0]?.role).toBe("viewer");
    process.env.OIDC_ROLE_MAP = JSON.stringify({ claim: "groups", map: {} });
    expect(await signInWithOidc(new Browser(), "alice")).toContain("error=AccessDenied");
    expect(await room.tenantsOf(me.id)).toEqual([]);
  });

  test("signing in again in the same browser ends the session that it had, whosoever it was, and no other", async () => {
    const [browser, elsewhere] = [new Browser(), new Browser()];
    for (const one of [browser, elsewhere]) await signInWithOidc(one, "alice");
    const areIn = async (...all: Browser[]) => {
      const found: boolean[] = [];
      for (const one of all) found.push((await one.as(() => room.currentMe().catch(() => null))) !== null);
      return found;
    };
    const first = browser.copy();
    await signInWithOidc(browser, "alice");
    expect(await areIn(first, browser, elsewhere)).toEqual([false, true, true]);
    const second = browser.copy();
    const { link } = await room.resetPassword("admin@signalbox.example");
    await browser.auth("callback/link", { token: tokenOf(link) });
    expect(await browser.as(() => room.currentMe())).toMatchObject({ isOperator: true });
    expect(await areIn(second, elsewhere)).toEqual([false, true]);
    // One that failed ends nothing.
    expect(await browser.auth("callback/link", { token: tokenOf(link) })).toContain("error=");
    expect(await areIn(browser)).toEqual([true]);
  });

  test("a provider that refuses the refresh ends the session; one that is away does not", async () => {
    const browser = new Browser();
    await signInWithOidc(browser, "alice");
    const { sessionId } = await browser.as(() => room.currentMe());
    const expire = () =>
      database.asOwner("UPDATE auth_sessions SET refresh_after = now() - interval '1 second' WHERE id = $1", [
        sessionId,
      ]);
    await expire();
    process.env.OIDC_ISSUER = "http://127.0.0.1:1";
    expect(await browser.as(() => room.currentMe())).toMatchObject({ sessionId });
    process.env.OIDC_ISSUER = provider.issuer;
    await expire();
    process.env.OIDC_CLIENT_SECRET = "changed at the provider";
    await expect(browser.as(() => room.currentMe())).rejects.toMatchObject({ code: "unauthenticated" });
    process.env.OIDC_CLIENT_SECRET = "signalbox-secret";
    await expect(browser.as(() => room.currentMe())).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("a client without a secret signs in and refreshes by PKCE alone", async () => {
    const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = process.env;
    process.env.OIDC_CLIENT_ID = "signalbox-public";
    delete process.env.OIDC_CLIENT_SECRET;
    const browser = new Browser();
    await signInWithOidc(browser, "alice");
    const { sessionId } = await browser.as(() => room.currentMe());
    const sql = "SELECT rotations FROM auth_sessions WHERE id = $1";
    const [before] = await database.asOwner<{ rotations: number }>(sql, [sessionId]);
    await database.asOwner("UPDATE auth_sessions SET refresh_after = now() - interval '1 second' WHERE id = $1", [
      sessionId,
    ]);
    expect(await browser.as(() => room.currentMe())).toMatchObject({ sessionId });
    const [row] = await database.asOwner<{ rotations: number }>(sql, [sessionId]);
    expect(row?.rotations).toBeGreaterThan(before?.rotations ?? 0);
    Object.assign(process.env, { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET });
  });

  test("refuses whom nothing grants anything, and an unverified address that somebody here has", async () => {
    expect(await signInWithOidc(new Browser(), "bob")).toContain("error=AccessDenied");
    expect(await signInWithOidc(new Browser(), "mallory")).toContain("error=AccessDenied");
    const rows = await database.asOwner("SELECT name FROM people WHERE oidc_subject IS NOT NULL");
    expect(rows).toEqual([{ name: "Alice Admin" }]);
  });

  test("who was invited by their verified address comes in without a mapping", async () => {
    delete process.env.OIDC_ROLE_MAP;
    const [demo] = await room.allTenants();
    const system = await room.systemContext(demo!.id);
    await room.inviteMember(system, { email: "Bob@meridian.example", name: "Bob", role: "editor" });
    const browser = new Browser();
    await signInWithOidc(browser, "bob");
    expect((await browser.as(() => room.currentMe())).tenants).toMatchObject([{ slug: "demo", role: "editor" }]);
    await expect(browser.as(() => room.resolveOperator())).rejects.toMatchObject({ code: "forbidden" });
  });
});
