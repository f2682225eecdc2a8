import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import type { TenantContext } from "./context";
import { finishSignInTest, readSignInTest, startSignInTest } from "./sign-in/provider-test";
import { authProviderId, providerIdOf } from "./sign-in/providers";
import { addSignInDomain, confirmSignInDomain, setSignInProvider } from "./sign-in/settings";
import { APP, Browser } from "./testing/browser";
import { type Asked, startForgingIssuer } from "./testing/forging-issuer";

const CLIENT = { clientId: "signalbox", clientSecret: "hush-hush-hush-hush-hush-hush-hush" };
let database: TestDatabase;
let service: Awaited<ReturnType<typeof startForgingIssuer>>;
let room: typeof import("./index");
let ctx: TenantContext;
/** The installation's service, and the tenant's own. */
let ways: string[];
const said: Record<string, unknown>[] = [];

beforeAll(async () => {
  service = await startForgingIssuer();
  const { host } = new URL(service.issuer);
  Object.assign(process.env, {
    DATA_DIR: mkdtempSync(path.join(tmpdir(), "signalbox-forged-")),
    PUBLIC_URL: APP,
    NEXTAUTH_URL: APP,
    NEXTAUTH_SECRET: "a secret of a test",
    OIDC_ISSUER: service.issuer,
    OIDC_CLIENT_ID: CLIENT.clientId,
    OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    OIDC_ROLE_MAP: JSON.stringify({ claim: "groups", map: { sre: { tenant: "demo", role: "viewer" } } }),
    OUTBOUND_ALLOW: `oidc=${host};sso=${host}`,
  });
  database = await startTestDatabase();
  room = await import("./index");
  await room.bootstrap();
  ctx = await database.addTenant("admin");
  await setSignInProvider(ctx, settings());
  await addSignInDomain(ctx, { domain: "forged.example" });
  await confirmSignInDomain(ctx, "forged.example");
  ways = ["oidc", authProviderId(providerIdOf(ctx.tenantId))];
  Object.assign(globalThis, { signalboxLogger: pino({}, { write: (line: string) => said.push(JSON.parse(line)) }) });
});
afterAll(async () => {
  Object.assign(globalThis, { signalboxLogger: undefined });
  await database.stop();
  await service.stop();
});

const settings = (scopes = "openid email profile") => ({
  name: "Company",
  issuer: service.issuer,
  ...CLIENT,
  scopes,
  roleMap: { claim: "groups", map: { sre: "viewer" as const }, otherwise: null },
  enabled: true,
});

type Name = Parameters<typeof service.answerWith>[0];

/** As far as the service's page, and back with the code that stands for this token. */
async function comeBack(way: string, name: Name, browser = new Browser()): Promise<string> {
  const asked = new URL(await browser.auth(`signin/${way}`, {})).searchParams;
  await service.answerWith(name, { ...CLIENT, nonce: asked.get("nonce") ?? "" });
  const answer = new URLSearchParams({ code: "c", state: asked.get("state") ?? "" });
  const response = await browser.send(`${APP}/api/auth/callback/${way}?${answer}`);
  return response.headers.get("location") ?? "";
}

const counted = async () =>
  database.asOwner("SELECT (SELECT count(*) FROM auth_sessions) AS sessions, (SELECT count(*) FROM people) AS people");

test("a right ID token signs in, through the installation's service and through a tenant's own", async () => {
  for (const [way, tenant] of [
    [ways[0], "demo"],
    [ways[1], ctx.tenantSlug],
  ] as const) {
    const browser = new Browser();
    expect(await comeBack(way!, "right", browser)).toBe(APP);
    const { tenants } = await browser.as(() => room.currentMe());
    expect(tenants.map(({ slug }) => slug)).toContain(tenant);
  }
});

test("a forged one signs nobody in, and the log says why", async () => {
  const before = await counted();
  for (const way of ways) {
    const why: Record<string, unknown> = {};
    for (const name of service.names) {
      const browser = new Browser();
      said.length = 0;
      // The page for it says that the service did not confirm who it is.
      expect(await comeBack(way, name, browser), `${way}: ${name}`).toContain("error=OAuthCallback");
      await expect(browser.as(() => room.currentMe())).rejects.toMatchObject({ code: "unauthenticated" });
      why[name] = said.find(({ code }) => code === "OAUTH_CALLBACK_ERROR")?.reason;
    }
    const expected = Object.entries(WHY).map(([name, message]) => [
      name,
      expect.objectContaining({ message: expect.stringMatching(message) }),
    ]);
    expect(why).toEqual(Object.fromEntries(expected));
  }
  expect(await counted()).toEqual(before);
});

const WHY: Partial<Record<Name, RegExp>> = {
  "signed with another key": /signature/i,
  "signed with a key nobody knows": /no valid key found/i,
  "not signed, alg none": /unexpected JWT alg received, expected RS256, got: none/i,
  "signed by HS256 with the public key": /unexpected JWT alg received, expected RS256, got: HS256/i,
  "signed by HS256 with the client's secret": /unexpected JWT alg received, expected RS256, got: HS256/i,
  "changed after it was signed": /signature/i,
  "keyed with nothing under a header that says RS256": /signature/i,
  "for another client": /aud mismatch/i,
  "for nobody": /missing required JWT property aud/i,
  "of another issuer": /unexpected iss value/i,
  expired: /JWT expired/i,
  "without an end": /missing required JWT property exp/i,
  "with another nonce": /nonce mismatch/i,
  "without a nonce": /nonce mismatch/i,
  missing: /id_token not present/i,
};

test("nor does it pass the test of a tenant's settings, which names what is wrong", async () => {
  const session = { id: randomUUID() };
  const browser = { ...ctx, session: { ...session, factors: [], steppedUpAt: new Date(), asked: false } };
  const outcomeOf = async (name: Name) => {
    const { id, url } = await startSignInTest(browser, settings());
    const asked: Asked = { ...CLIENT, nonce: new URL(url).searchParams.get("nonce") ?? "" };
    await service.answerWith(name, asked);
    await finishSignInTest(ctx, session, id, new URLSearchParams({ code: "c" }));
    return (await readSignInTest(ctx, id)).outcome;
  };
  expect(await outcomeOf("right")).toMatchObject({ problem: null, claims: { sub: "carla" } });
  for (const name of service.names) {
    const outcome = await outcomeOf(name);
    expect([name, outcome?.problem, outcome?.claims]).toEqual([name, "bad_token", {}]);
    expect(outcome?.detail).not.toBe("");
  }
});

test("what is asked of a service is what the setting says, and no more", async () => {
  const scopeOf = async (way: string) => {
    const asked = new URL(await new Browser().auth(`signin/${way}`, {})).searchParams;
    return [asked.get("scope"), asked.get("prompt")];
  };
  const [installation = "", tenant = ""] = ways;
  // A refresh token is what lets a session follow its service; providers give one to who asks for consent.
  expect(await scopeOf(installation)).toEqual(["openid profile email offline_access", "consent"]);
  process.env.OIDC_SCOPE = "openid email";
  expect(await scopeOf(installation)).toEqual(["openid email", null]);
  delete process.env.OIDC_SCOPE;
  expect(await scopeOf(tenant)).toEqual(["openid email profile", null]);
  await setSignInProvider(ctx, settings("openid email"));
  expect(await scopeOf(tenant)).toEqual(["openid email", null]);
});
