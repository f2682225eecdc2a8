import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import type { TenantContext } from "../context";
import { grantMembership, removeMember } from "../members";
import { openPersonal } from "../personal-data/person-keys";
import { createApiToken, revokeApiToken } from "./api-tokens";
import { authenticateToken } from "./authenticate";
import type { TokenAnswer } from "./contract";
import { exchangeToken } from "./exchange";

let database: TestDatabase;
let admin: TenantContext;
beforeAll(async () => {
  Object.assign(process.env, { LOG_LEVEL: "silent", NEXTAUTH_SECRET: "a secret of a test", DATABASE_POOL: "20" });
  database = await startTestDatabase();
  admin = await newTenant();
});
afterAll(() => database.stop());

async function newTenant(): Promise<TenantContext> {
  const ctx = await database.addTenant("admin");
  const person =
    "INSERT INTO people (id, email, name, first_signed_in_at) VALUES ($1, $1 || '@example.org', 'Ada', now())";
  await database.asOwner(person.replaceAll("$1", `'${ctx.actor.id}'`));
  await grantMembership(ctx, { personId: ctx.actor.id, role: "admin", source: "bootstrap" });
  return ctx;
}

const client = (address = "192.0.2.1", userAgent = "curl/8") => ({ address, userAgent, requestId: "a-test-request" });
const GRANT = "urn:ietf:params:oauth:grant-type:token-exchange" as const;
const make = (ctx = admin, service = false) =>
  createApiToken(ctx, { name: "CI", scopes: ["configuration:view", "audit:view"], days: 30, service });
const exchange = (secret: string, scope?: string) =>
  exchangeToken({ grant_type: GRANT, subject_token: secret, ...(scope === undefined ? {} : { scope }) }, client());
const refresh = (token: string, from = client()) =>
  exchangeToken({ grant_type: "refresh_token", refresh_token: token }, from);
const use = ({ access_token }: TokenAnswer, slug = admin.tenantSlug) =>
  authenticateToken(access_token, slug, { address: "192.0.2.1" });
const refused = { code: "unauthenticated" };
const events = (type: string, tenantId = admin.tenantId) =>
  database.asOwner<{ data: { family: string } }>(
    "SELECT data FROM events WHERE tenant_id = $1 AND type = $2 ORDER BY position",
    [tenantId, type],
  );

test("an API token becomes an access token of five minutes for some of its scopes, and nothing more", async () => {
  const { secret, token } = await make();
  const given = await exchange(secret, "audit:view");
  expect(given).toMatchObject({ token_type: "Bearer", expires_in: 300, scope: "audit:view" });
  expect(given.refresh_token).toMatch(/^sbxr_[0-9A-Za-z]{49}$/);
  expect(await use(given)).toMatchObject({
    ...{ tenantId: admin.tenantId, actor: admin.actor, role: "admin" },
    token: { id: token.id, scopes: ["audit:view"] },
  });
  const [, payload = ""] = given.access_token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  expect(claims).toMatchObject({
    sub: admin.actor.id,
    aud: `urn:signalbox:tenant:${admin.tenantId}`,
    scope: "audit:view",
  });
  expect(claims.exp - claims.iat).toBe(300);
  expect(claims.jti).toMatch(/^[0-9a-f-]{36}$/);
  const other = await newTenant();
  await expect(use(given, other.tenantSlug)).rejects.toMatchObject({ code: "not_found" });
  await expect(exchange(secret, "audit:view members:manage")).rejects.toMatchObject({ code: "forbidden" });
  await expect(exchange(given.access_token)).rejects.toMatchObject(refused);
  await expect(exchange(given.refresh_token)).rejects.toMatchObject(refused);
});

test("what we did not sign, for that use, in time, is worth nothing", async () => {
  const { secret } = await make();
  const given = await exchange(secret);
  const [head = "", payload = "", signature = ""] = given.access_token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const none = Buffer.from(JSON.stringify({ alg: "none", typ: "at+jwt" })).toString("base64url");
  const forged = Buffer.from(JSON.stringify({ ...claims, scope: "members:manage" })).toString("base64url");
  const secretKey = new TextEncoder().encode("a secret of a test");
  const byTheSessionSecret = await new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
    .sign(secretKey);
  for (const jwt of [`${head}.${forged}.${signature}`, `${none}.${payload}.`, byTheSessionSecret, "x", "", "a.b.c"]) {
    await expect(use({ ...given, access_token: jwt }), jwt).rejects.toMatchObject(refused);
  }
  const { hkdfSync } = await import("node:crypto");
  const key = new Uint8Array(hkdfSync("sha256", "a secret of a test", "", "signalbox access tokens", 32));
  const sign = (change: object, typ = "at+jwt") =>
    new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: "HS256", typ }).sign(key);
  const late = Math.floor(Date.now() / 1000) - 1;
  const other = `urn:signalbox:tenant:${randomUUID()}`;
  for (const jwt of [
    await sign({ exp: late }),
    await sign({ aud: other }),
    await sign({ iss: "x" }),
    await sign({}, "JWT"),
    await new SignJWT(claims).setProtectedHeader({ alg: "HS512", typ: "at+jwt" }).sign(key),
    // A key that the token itself brings or points to is none.
    await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: "theirs", jku: "https://evil.example/keys" })
      .sign(secretKey),
  ]) {
    await expect(use({ ...given, access_token: jwt })).rejects.toMatchObject(refused);
  }
  const more = { ...given, access_token: await sign({ scope: "audit:view members:manage" }) };
  expect((await use(more)).token?.scopes).toEqual(["audit:view"]);
});

test("1,000 refreshes of one token at once: one successor, and the family lives", async () => {
  const { secret } = await make();
  const first = await exchange(secret);
  const all = await Promise.allSettled(Array.from({ length: 1000 }, () => refresh(first.refresh_token)));
  const won = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(won).toHaveLength(1);
  const reasons = new Set(all.flatMap((one) => (one.status === "rejected" ? [one.reason.code] : [])));
  expect([...reasons]).toEqual(["conflict"]);
  const [family] = (await events("ApiTokenExchanged")).slice(-1);
  const rows = await database.asOwner<{ used: boolean }>(
    "SELECT used_at IS NOT NULL AS used FROM refresh_tokens WHERE family_id = $1 ORDER BY used_at NULLS LAST",
    [family?.data.family],
  );
  expect(rows).toEqual([{ used: true }, { used: false }]);
  const [successor] = won;
  await use(first);
  await use(successor as TokenAnswer);
  const next = await refresh(successor?.refresh_token ?? "");
  await use(next);
});

test.each([
  ["by another client", async () => client("198.51.100.9", "stolen/1")],
  [
    "by the same one, later",
    async () => {
      await database.asOwner(
        "UPDATE refresh_tokens SET used_at = used_at - interval '11 seconds' WHERE used_at IS NOT NULL",
      );
      return client();
    },
  ],
])(
  "a refresh token used again %s: its whole family is dead within a second, also its access tokens",
  async (_how, thief) => {
    const { secret } = await make();
    const [first, apart] = [await exchange(secret), await exchange(secret)];
    const second = await refresh(first.refresh_token);
    const third = await refresh(second.refresh_token);
    for (const one of [first, second, third]) await use(one);
    const before = (await events("RefreshTokenReplayed")).length;
    const by = await thief();
    const began = performance.now();
    const many = await Promise.allSettled(Array.from({ length: 10 }, () => refresh(first.refresh_token, by)));
    expect(many.every(({ status }) => status === "rejected")).toBe(true);
    for (const one of [first, second, third]) await expect(use(one)).rejects.toMatchObject(refused);
    expect(performance.now() - began).toBeLessThan(1000);
    await expect(refresh(third.refresh_token)).rejects.toMatchObject(refused);
    const reports = (await events("RefreshTokenReplayed")).slice(before);
    expect(JSON.stringify(reports)).not.toContain(by.address);
    const told = reports.map(({ data }) => ({ type: "RefreshTokenReplayed", data }));
    expect((await openPersonal(admin.tenantId, told)).map(({ data }) => data)).toEqual([
      { severity: "critical", family: expect.any(String), address: by.address },
    ]);
    // The API token was not stolen, nor what else came of it.
    await use(apart);
    await use(await exchange(secret));
  },
);

test("refreshes end with the token, the membership and their time; what is over goes", async () => {
  const tenant = await newTenant();
  const member = await newTenant();
  await grantMembership(tenant, { personId: member.actor.id, role: "viewer", source: "bootstrap" });
  const as: TenantContext = { ...tenant, actor: member.actor, role: "viewer" };
  const ask = { name: "x", scopes: ["configuration:view" as const], days: 2 };
  const one = await createApiToken(as, ask);
  const given = await exchange(one.secret);
  await use(given, tenant.tenantSlug);
  await removeMember(tenant, { personId: member.actor.id });
  await expect(use(given, tenant.tenantSlug)).rejects.toMatchObject(refused);
  await expect(refresh(given.refresh_token)).rejects.toMatchObject(refused);

  const two = await make(tenant, true);
  const service = await exchange(two.secret);
  expect(await use(service, tenant.tenantSlug)).toMatchObject({ actor: { type: "service", id: two.token.id } });
  await database.asOwner("UPDATE refresh_tokens SET expires_at = now() WHERE tenant_id = $1", [tenant.tenantId]);
  await expect(refresh(service.refresh_token)).rejects.toMatchObject(refused);
  await exchange(two.secret);
  expect(await database.asOwner("SELECT 1 FROM refresh_families WHERE token_id = $1", [two.token.id])).toHaveLength(1);
  const last = await exchange(two.secret);
  await revokeApiToken(tenant, { id: two.token.id });
  await expect(use(last, tenant.tenantSlug)).rejects.toMatchObject(refused);
  await expect(refresh(last.refresh_token)).rejects.toMatchObject(refused);
  await expect(exchange(two.secret)).rejects.toMatchObject(refused);
});
