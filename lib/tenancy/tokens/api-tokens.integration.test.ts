import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { authorise } from "../authorise";
import type { TenantContext } from "../context";
import type { Role } from "../contract";
import { changeRole, removeMember } from "../members";
import { limitRequest } from "../rate-limits";
import { createApiToken, listApiTokens, ownApiTokens, revokeApiToken } from "./api-tokens";
import { authenticateProvisioning, authenticateToken } from "./authenticate";
import { exchangeToken } from "./exchange";
import { setTokenPolicy } from "./token-policy";

let database: TestDatabase;
let admin: TenantContext;
beforeAll(async () => {
  Object.assign(process.env, { LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  admin = await newTenant();
});
afterAll(() => database.stop());

async function newTenant(): Promise<TenantContext> {
  const { tenantId } = await database.addTenant("admin");
  const [tenant] = await database.asOwner<{ slug: string }>("SELECT slug FROM tenants WHERE id = $1", [tenantId]);
  return member({ tenantId, tenantSlug: tenant?.slug ?? "" }, "admin");
}

async function member(of: Pick<TenantContext, "tenantId" | "tenantSlug">, role: Role): Promise<TenantContext> {
  const id = randomUUID();
  await database.asOwner("INSERT INTO people (id, email, name, first_signed_in_at) VALUES ($1, $2, $3, now())", [
    id,
    `${id}@example.org`,
    `The ${role}`,
  ]);
  // Through the verb, so that the log knows of it.
  const { grantMembership } = await import("../members");
  const { systemContext } = await import("../context");
  await grantMembership(await systemContext(of.tenantId), { personId: id, role, source: "bootstrap" });
  const { tenantId, tenantSlug } = of;
  return { tenantId, tenantSlug, tenantName: tenantSlug, actor: { type: "person", id }, role, requestId: "test" };
}

const from = (address: string) => ({ address, requestId: "request-of-a-test" });
const as = (secret: string, slug = admin.tenantSlug, address = "192.0.2.1") =>
  authenticateToken(secret, slug, from(address));
const refused = { code: "unauthenticated" };

test("a token is its person, narrowed to its scopes; the log says who tried more", async () => {
  const editor = await member(admin, "editor");
  const { token, secret } = await createApiToken(editor, {
    name: " CI ",
    scopes: ["configuration:view", "configuration:edit", "configuration:view"],
    days: 30,
  });
  expect(secret).toMatch(/^sbx_[0-9A-Za-z]{49}$/);
  expect(token).toMatchObject({ name: "CI", own: true, person: { name: "The editor" }, lastUsedAt: null });
  const ctx = await as(secret);
  expect(ctx).toMatchObject({
    ...{ tenantId: admin.tenantId, role: "editor", actor: editor.actor, requestId: "request-of-a-test" },
    token: { id: token.id, scopes: ["configuration:view", "configuration:edit"] },
  });
  await authorise(ctx, "configuration:edit", "test");
  await expect(authorise(ctx, "members:view", "test")).rejects.toMatchObject({ code: "forbidden" });
  await expect(listApiTokens(ctx, undefined)).rejects.toMatchObject({ code: "forbidden" });
  const more = { name: "more", scopes: ["configuration:view" as const], days: 1 };
  await expect(createApiToken(ctx, more)).rejects.toMatchObject({ code: "forbidden" });
  const [refusal] = await database.asOwner<{ data: unknown }>(
    "SELECT data FROM events WHERE type = 'Refused' AND data->>'name' = 'test'",
  );
  expect(refusal?.data).toMatchObject({ permission: "members:view", token: token.id });
  await expect(as(secret, (await newTenant()).tenantSlug)).rejects.toMatchObject({ code: "not_found" });
  await expect(as(secret, "nowhere")).rejects.toMatchObject({ code: "not_found" });
});

test("nobody gives what they do not have, or for longer than the tenant allows", async () => {
  const viewer = await member(admin, "viewer");
  const ask = { name: "x", scopes: ["configuration:view" as const], days: 10 };
  const forbidden = { code: "forbidden" };
  await expect(createApiToken(viewer, { ...ask, scopes: ["configuration:edit"] })).rejects.toMatchObject(forbidden);
  await expect(createApiToken(viewer, { ...ask, scopes: ["scim"] })).rejects.toMatchObject(forbidden);
  await expect(createApiToken(viewer, { ...ask, service: true })).rejects.toMatchObject(forbidden);
  for (const wrong of [{ days: 366 }, { days: 0 }, { scopes: [] }, { scopes: ["tokens:own"] }, { name: " " }]) {
    await expect(createApiToken(admin, { ...ask, ...(wrong as object) })).rejects.toMatchObject({
      code: "invalid_input",
    });
  }
  await expect(setTokenPolicy(viewer, { maxDays: 7 })).rejects.toMatchObject(forbidden);

  const other = await newTenant();
  const early = await createApiToken(other, ask);
  await database.asOwner("UPDATE api_tokens SET created_at = now() - interval '8 days' WHERE id = $1", [
    early.token.id,
  ]);
  await as(early.secret, other.tenantSlug);
  await setTokenPolicy(other, { maxDays: 7 });
  await expect(createApiToken(other, ask)).rejects.toMatchObject({ code: "invalid_input", details: { maxDays: 7 } });
  await expect(as(early.secret, other.tenantSlug)).rejects.toMatchObject(refused);
  expect(await listApiTokens(other, undefined)).toMatchObject({ tokens: [], maxDays: 7 });
  const week = await createApiToken(other, { ...ask, days: 7 });
  await database.asOwner("UPDATE api_tokens SET expires_at = now() WHERE id = $1", [week.token.id]);
  await expect(as(week.secret, other.tenantSlug)).rejects.toMatchObject(refused);
});

test("the role that counts is the person's now; with the membership the token ends, and stays ended", async () => {
  const tenant = await newTenant();
  const approver = await member(tenant, "approver");
  const { secret } = await createApiToken(approver, { name: "x", scopes: ["configuration:publish"], days: 5 });
  const personId = approver.actor.id;
  const sid = randomUUID();
  await database.asOwner(
    `INSERT INTO auth_sessions (id, person_id, method, user_agent, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, 'password', 'vitest', now(), now(), now() + interval '1 hour')`,
    [sid, personId],
  );
  const ctx = await as(secret, tenant.tenantSlug);
  await authorise(ctx, "configuration:publish", "test");
  await changeRole(tenant, { personId, role: "viewer" });
  const less = await as(secret, tenant.tenantSlug);
  expect(less.role).toBe("viewer");
  await expect(authorise(less, "configuration:publish", "test")).rejects.toMatchObject({ code: "forbidden" });
  await removeMember(tenant, { personId });
  await expect(as(secret, tenant.tenantSlug)).rejects.toMatchObject(refused);
  const sessions = await database.asOwner("SELECT 1 FROM auth_sessions WHERE id = $1 AND revoked_at IS NULL", [sid]);
  expect(sessions).toEqual([]);
  const { grantMembership } = await import("../members");
  await grantMembership(tenant, { personId, role: "admin", source: "bootstrap" });
  await expect(as(secret, tenant.tenantSlug)).rejects.toMatchObject(refused);
});

test("who leaves one tenant keeps their sessions and tokens in another", async () => {
  const [here, there] = [await newTenant(), await newTenant()];
  const both = await member(here, "viewer");
  const { grantMembership } = await import("../members");
  await grantMembership(there, { personId: both.actor.id, role: "editor", source: "bootstrap" });
  await database.asOwner(
    `INSERT INTO auth_sessions (id, person_id, method, user_agent, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, 'password', 'vitest', now(), now(), now() + interval '1 hour')`,
    [randomUUID(), both.actor.id],
  );
  const make = (ctx: TenantContext, name: string) =>
    createApiToken(ctx, { name, scopes: ["configuration:view"], days: 5 });
  const inThere: TenantContext = { ...there, actor: both.actor, role: "editor" };
  const [one, two] = [await make(both, "here"), await make(inThere, "there")];
  expect((await ownApiTokens(both.actor.id)).map(({ name, tenant }) => [name, tenant.slug])).toEqual([
    ["there", there.tenantSlug],
    ["here", here.tenantSlug],
  ]);
  await removeMember(here, { personId: both.actor.id });
  await expect(as(one.secret, here.tenantSlug)).rejects.toMatchObject(refused);
  expect(await as(two.secret, there.tenantSlug)).toMatchObject({ role: "editor" });
  expect(await ownApiTokens(both.actor.id)).toMatchObject([{ name: "there" }]);
  const alive = await database.asOwner("SELECT 1 FROM auth_sessions WHERE person_id = $1 AND revoked_at IS NULL", [
    both.actor.id,
  ]);
  expect(alive).toHaveLength(1);
});

test("a service account has the least role for its scopes and stays when its maker leaves", async () => {
  const tenant = await newTenant();
  const maker = await member(tenant, "admin");
  const made = await createApiToken(maker, {
    ...{ name: "robot", service: true, days: 5 },
    scopes: ["configuration:view", "configuration:edit"],
  });
  expect(made.token).toMatchObject({ person: null, createdBy: "The admin", own: false });
  await removeMember(tenant, { personId: maker.actor.id });
  const ctx = await as(made.secret, tenant.tenantSlug);
  expect(ctx).toMatchObject({ role: "editor", actor: { type: "service", id: made.token.id } });
  expect((await listApiTokens(tenant, undefined)).tokens).toMatchObject([{ name: "robot", person: null }]);
});

test("revoked by its person or an admin, never by anybody else; seen likewise", async () => {
  const tenant = await newTenant();
  const [ana, bo] = [await member(tenant, "editor"), await member(tenant, "approver")];
  const make = (name: string) => createApiToken(ana, { name, scopes: ["configuration:view"], days: 5 });
  const [one, two] = [await make("one"), await make("two")];
  const notFound = { code: "not_found" };
  await expect(revokeApiToken(bo, { id: one.token.id })).rejects.toMatchObject(notFound);
  await expect(revokeApiToken(admin, { id: one.token.id })).rejects.toMatchObject(notFound);
  await expect(revokeApiToken(ana, { id: randomUUID() })).rejects.toMatchObject(notFound);
  expect((await listApiTokens(bo, undefined)).tokens).toEqual([]);
  expect((await listApiTokens(tenant, undefined)).tokens).toHaveLength(2);
  await revokeApiToken(ana, { id: one.token.id });
  await expect(as(one.secret, tenant.tenantSlug)).rejects.toMatchObject(refused);
  await revokeApiToken(tenant, { id: two.token.id });
  await revokeApiToken(tenant, { id: two.token.id });
  await expect(as(two.secret, tenant.tenantSlug)).rejects.toMatchObject(refused);
  expect((await listApiTokens(ana, undefined)).tokens).toEqual([]);
  const revoked = await database.asOwner("SELECT 1 FROM events WHERE tenant_id = $1 AND type = 'ApiTokenRevoked'", [
    tenant.tenantId,
  ]);
  expect(revoked).toHaveLength(2);
});

test("when and where a token was used is written at most once a minute", async () => {
  const { token, secret } = await createApiToken(admin, { name: "used", scopes: ["audit:view"], days: 5 });
  const used = async () => (await listApiTokens(admin, undefined)).tokens.find(({ id }) => id === token.id);
  await as(secret, admin.tenantSlug, "192.0.2.10");
  const first = await used();
  expect(first).toMatchObject({ lastUsedFrom: "192.0.2.10", lastUsedAt: expect.any(String) });
  await as(secret, admin.tenantSlug, "192.0.2.11");
  expect(await used()).toEqual(first);
  await database.asOwner("UPDATE api_tokens SET last_used_at = now() - interval '61 seconds' WHERE id = $1", [
    token.id,
  ]);
  await as(secret, admin.tenantSlug, "192.0.2.11");
  expect(await used()).toMatchObject({ lastUsedFrom: "192.0.2.11" });
});

test("provisioning takes the scope scim and an admin behind it, and is worth nothing elsewhere", async () => {
  const made = await createApiToken(admin, { name: "idp", scopes: ["scim"], days: 5 });
  const ctx = await authenticateProvisioning(made.secret, admin.tenantSlug, from("192.0.2.2"));
  await authorise(ctx, "members:manage", "test");
  await expect(authorise(ctx, "configuration:view", "test")).rejects.toMatchObject({ code: "forbidden" });
  await expect(authorise(await as(made.secret), "members:manage", "test")).rejects.toMatchObject({ code: "forbidden" });
  const other = await createApiToken(admin, { name: "no", scopes: ["members:manage"], days: 5 });
  await expect(authenticateProvisioning(other.secret, admin.tenantSlug, from("192.0.2.2"))).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("who guesses is told to wait; a good token from the same address goes on", async () => {
  const { secret } = await createApiToken(admin, { name: "good", scopes: ["audit:view"], days: 5 });
  const wrong = `${secret.slice(0, -1)}${secret.endsWith("0") ? "1" : "0"}`;
  const codes = new Set<string>();
  for (let n = 0; n < 40; n++) {
    codes.add((await as(wrong, admin.tenantSlug, "192.0.2.66").catch(({ code }: { code: string }) => code)) as string);
  }
  expect([...codes]).toEqual(["unauthenticated", "rate_limited"]);
  expect(await as(secret, admin.tenantSlug, "192.0.2.66")).toMatchObject({ role: "admin" });
  await expect(as(wrong, admin.tenantSlug, "192.0.2.67")).rejects.toMatchObject(refused);
});

test("a busy program does not stop its person, nor another program", async () => {
  const before = process.env.API_RATE_LIMIT;
  process.env.API_RATE_LIMIT = "5";
  const ctx = { ...admin, actor: { type: "person" as const, id: randomUUID() } };
  const byToken = { ...ctx, token: { id: randomUUID(), scopes: [] } };
  for (let n = 0; n < 5; n++) await limitRequest(byToken);
  await expect(limitRequest(byToken)).rejects.toMatchObject({ code: "rate_limited", details: { retryAfter: 12 } });
  await limitRequest(ctx);
  await limitRequest({ ...byToken, token: { id: randomUUID(), scopes: [] } });
  if (before === undefined) delete process.env.API_RATE_LIMIT;
  else process.env.API_RATE_LIMIT = before;
});

test("where the tier does not include tokens, none is made, taken or exchanged", async () => {
  const tenant = await newTenant();
  const ask = { name: "x", scopes: ["audit:view" as const], days: 5 };
  const { secret } = await createApiToken(tenant, ask);
  await database.asOwner("UPDATE tenants SET tier = 'free' WHERE id = $1", [tenant.tenantId]);
  const missing = { code: "feature_missing" };
  await expect
    .poll(() => as(secret, tenant.tenantSlug).catch((error) => error), { timeout: 10_000 })
    .toMatchObject(missing);
  await expect(createApiToken(tenant, ask)).rejects.toMatchObject(missing);
  const grant = "urn:ietf:params:oauth:grant-type:token-exchange" as const;
  const exchange = exchangeToken({ grant_type: grant, subject_token: secret }, { ...from("192.0.2.1"), userAgent: "" });
  await expect(exchange).rejects.toMatchObject(missing);
  expect(await listApiTokens(tenant, undefined)).toMatchObject({ available: false, tokens: [{ name: "x" }] });
});

test("a token of a deleted tenant is worth nothing", async () => {
  const tenant = await newTenant();
  const { secret } = await createApiToken(tenant, { name: "x", scopes: ["audit:view"], days: 5 });
  await database.asOwner(
    "UPDATE tenants SET state = 'deleted', deleted_at = now(), purge_after = now() WHERE id = $1",
    [tenant.tenantId],
  );
  await expect(as(secret, tenant.tenantSlug)).rejects.toMatchObject(refused);
  expect(await ownApiTokens(tenant.actor.id)).toEqual([]);
});

test("the app's role sees no token without its tenant, and none of another", async () => {
  await createApiToken(admin, { name: "x", scopes: ["audit:view"], days: 5 });
  for (const table of ["api_tokens", "api_token_policies", "refresh_families", "refresh_tokens"]) {
    expect(await database.asApp(`SELECT 1 FROM ${table}`)).toEqual([]);
  }
  const { withTenant } = await import("@/lib/database");
  const other = await newTenant();
  expect(await withTenant(other.tenantId, (tx) => tx.apiToken.count())).toBe(0);
  await expect(database.asApp("SELECT live_api_tokens($1)", [randomUUID()])).rejects.toThrow(/permission denied/);
});
