import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyLog } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { authorise } from "../authorise";
import { PLATFORM_LOG, systemContext, type TenantContext } from "../context";
import { grantMembership } from "../members";
import { hashPassword } from "../password";
import { signInWithLink, signInWithPassword } from "../sign-in";
import { createApiToken, revokeApiToken } from "../tokens/api-tokens";
import { authenticateToken } from "../tokens/authenticate";
import { flushRefusals } from "./refusals";
import { flushSignInFailures, sourceMark } from "./sign-in-failures";
import { flushTokenRefusals } from "./token-refusals";

const HERE = "203.0.113.9";
let database: TestDatabase;
let one: TenantContext;
let two: TenantContext;
let ada: string;

beforeAll(async () => {
  Object.assign(process.env, { LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  [one, two] = [await newTenant(), await newTenant()];
  ada = randomUUID();
  await database.asOwner(
    "INSERT INTO people (id, email, name, password_hash, first_signed_in_at) VALUES ($1, 'ada@example.org', 'Ada', $2, now())",
    [ada, await hashPassword("a long password of Ada")],
  );
  for (const { tenantId } of [one, two]) {
    await grantMembership(await systemContext(tenantId), { personId: ada, role: "admin", source: "bootstrap" });
  }
});
afterAll(() => database.stop());

async function newTenant(): Promise<TenantContext> {
  const { tenantId } = await database.addTenant("viewer");
  const ctx = await systemContext(tenantId);
  return { ...ctx, role: "viewer", actor: { type: "person", id: randomUUID() }, requestId: "test" };
}

const told = async (tenantId: string, type: string) =>
  (
    await database.asOwner<{ data: Record<string, unknown> }>(
      "SELECT data FROM events WHERE tenant_id = $1 AND type = $2 ORDER BY position",
      [tenantId, type],
    )
  ).map(({ data }) => data);

test("a wrong password is told to the tenants of its person, as one event and a count; what was typed nowhere", async () => {
  for (let time = 0; time < 4; time++)
    expect(await signInWithPassword("Ada@example.org", "wrong one", HERE)).toBeNull();
  await flushSignInFailures();
  const source = sourceMark(HERE);
  const expected = [
    { method: "password", person: ada, source },
    { method: "password", person: ada, source, times: 3 },
  ];
  for (const tenantId of [one.tenantId, two.tenantId, PLATFORM_LOG]) {
    expect(await told(tenantId, "SignInFailed")).toEqual(expected);
  }
  expect(source).toMatch(/^[0-9a-f]{12}$/);
  const texts = await database.asOwner<{ found: number }>(
    "SELECT count(*)::int AS found FROM events WHERE (convert_from(bytes, 'UTF8') ILIKE '%ada@%' OR convert_from(bytes, 'UTF8') LIKE '%203.0.113%')",
  );
  expect(texts[0]?.found).toBe(0);
});

test("guessing with addresses that nobody has, and links that are none, fills no log", async () => {
  const before = (await told(PLATFORM_LOG, "SignInFailed")).length;
  for (let time = 0; time < 70; time++) await signInWithLink("nothing", `198.51.100.${time}`);
  await signInWithPassword("nobody@example.org", "wrong one", HERE);
  await flushSignInFailures();
  const events = (await told(PLATFORM_LOG, "SignInFailed")).slice(before);
  expect(events.length).toBeLessThanOrEqual(62);
  expect(events.reduce((sum, { times }) => sum + Number(times ?? 1), 0)).toBe(71);
  expect(JSON.stringify(events)).not.toContain("nobody");
  expect(await told(one.tenantId, "SignInFailed")).toHaveLength(2);
});

test("a refused permission is told once a minute, with what was asked, though the request came to nothing", async () => {
  const ask = (permission: "members:manage" | "tenant:settings") =>
    expect(authorise(one, permission, "someVerb")).rejects.toMatchObject({ code: "forbidden" });
  for (let time = 0; time < 30; time++) await ask("members:manage");
  await ask("tenant:settings");
  expect(await told(one.tenantId, "Refused")).toEqual([
    { name: "someVerb", permission: "members:manage", role: "viewer" },
    { name: "someVerb", permission: "tenant:settings", role: "viewer" },
  ]);
  await flushRefusals();
  expect((await told(one.tenantId, "Refused")).at(-1)).toEqual({
    ...{ name: "someVerb", permission: "members:manage", role: "viewer" },
    times: 29,
  });
  expect(await told(two.tenantId, "Refused")).toEqual([]);
});

test("a token that is over, or for another tenant, is told to the tenant that it was of", async () => {
  const admin: TenantContext = { ...one, role: "admin", actor: { type: "person", id: ada } };
  const make = () => createApiToken(admin, { name: "ci", scopes: ["configuration:view"], days: 5 });
  const [live, revoked, late] = [await make(), await make(), await make()];
  await revokeApiToken(admin, { id: revoked.token.id });
  await database.asOwner("UPDATE api_tokens SET expires_at = now() - interval '1 day' WHERE id = $1", [late.token.id]);
  const caller = { address: HERE, requestId: "r-1" };
  const use = (secret: string, slug = one.tenantSlug) => authenticateToken(secret, slug, caller);
  await expect(use(live.secret, two.tenantSlug)).rejects.toMatchObject({ code: "not_found" });
  for (const { secret } of [revoked, late]) {
    for (let time = 0; time < 3; time++) await expect(use(secret)).rejects.toMatchObject({ code: "unauthenticated" });
  }
  await expect(use(`sbx_${"0".repeat(49)}`)).rejects.toMatchObject({ code: "unauthenticated" });
  await flushTokenRefusals();
  const source = sourceMark(HERE);
  const refused = await told(one.tenantId, "ApiTokenRefused");
  expect(refused.slice(0, 3)).toEqual([
    { token: live.token.id, reason: "other_tenant", source },
    { token: revoked.token.id, reason: "revoked", source },
    { token: late.token.id, reason: "expired", source },
  ]);
  // What was counted is written side by side, so in any order.
  const counted = refused.slice(3);
  expect(counted).toHaveLength(2);
  expect(counted).toContainEqual({ token: revoked.token.id, reason: "revoked", source, times: 2 });
  expect(counted).toContainEqual({ token: late.token.id, reason: "expired", source, times: 2 });
  expect(await told(two.tenantId, "ApiTokenRefused")).toEqual([]);
  for (const tenantId of [one.tenantId, two.tenantId, PLATFORM_LOG]) {
    expect(await withTenant(tenantId, (tx) => verifyLog(tx, tenantId))).toMatchObject({ problems: [] });
  }
});
