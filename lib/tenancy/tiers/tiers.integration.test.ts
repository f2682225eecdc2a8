import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { withTenant } from "@/lib/database";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import {
  allTenants,
  command,
  createTenant,
  deleteTenant,
  editTenant,
  editTier,
  findTenants,
  inviteMember,
  limitTenant,
  listMembers,
  listTiers,
  PLATFORM_LOG,
  planOf,
  purgeTenants,
  recordExport,
  removeMember,
  restoreTenant,
  resumeTenant,
  suspendTenant,
  systemContext,
  type TenantContext,
  tenantFacts,
  tenantsOf,
} from "..";
import { grantMembership } from "../members";
import { limitsSchema } from "./contract";
import { leasedRate } from "./leased-rate";

let database: TestDatabase;
const operator = { personId: randomUUID(), isOperator: true, requestId: "r" };
beforeAll(async () => {
  database = await startTestDatabase();
  await database.asOwner(
    "INSERT INTO people (id, email, name, is_operator) VALUES ($1, 'op@example.org', 'Op', true)",
    [operator.personId],
  );
});
afterAll(() => database.stop());

const none = { quotas: {}, features: {} };

async function limited(quotas: Record<string, number>, role: TenantContext["role"] = "admin"): Promise<TenantContext> {
  const ctx = await database.addTenant(role);
  await editTenant(operator, { tenantId: ctx.tenantId, tier: "professional", overrides: { quotas, features: {} } });
  return ctx;
}

const person = (n: number) => ({ email: `${n}-${randomUUID()}@example.org`, name: `P ${n}`, role: "viewer" as const });

const write = command(
  {
    name: "write",
    permission: "configuration:edit",
    input: z.object({}),
    feature: "scheduling",
    stream: {
      type: "thing",
      id: () => "thing",
      initial: 0,
      evolve: (state: number) => state + 1,
      project: async () => undefined,
    },
  },
  () => ({ events: [{ type: "Written", data: {} }], result: undefined }),
);

describe("tiers", () => {
  test("five of them stand there, each as large as the one before", async () => {
    const tiers = await listTiers();
    expect(tiers.map(({ name }) => name)).toEqual(["free", "starter", "professional", "enterprise", "dedicated"]);
    for (const [smaller, larger] of tiers.slice(1).map((tier, index) => [tiers[index], tier] as const)) {
      for (const [quota, limit] of Object.entries(limitsSchema.parse(larger.quotas)))
        expect(limit ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(smaller?.quotas[quota as "members"] ?? 0);
    }
  });

  test("an edit takes hold at once, is refused when somebody was faster or not an operator, and is on record", async () => {
    const ctx = await database.addTenant("admin");
    expect(await planOf(ctx.tenantId)).toMatchObject({ tier: "professional", quotas: { members: 500 } });
    const before = (await listTiers()).find(({ name }) => name === "professional");
    if (!before) throw new Error("there is no tier");
    const next = { ...before, quotas: { ...before.quotas, members: 499 } };
    await expect(editTier({ ...operator, isOperator: false }, next)).rejects.toMatchObject({ code: "forbidden" });
    const after = await editTier(operator, next, { expectedVersion: before.version });
    expect(after).toMatchObject({ version: before.version + 1, quotas: { members: 499 } });
    expect((await planOf(ctx.tenantId)).quotas.members).toBe(499);
    await expect(editTier(operator, before, { expectedVersion: before.version })).rejects.toMatchObject({
      code: "stale_version",
    });
    await expect(
      editTier(operator, { ...before, quotas: { ...before.quotas, members: 0 } } as never),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await editTier(operator, before);
    const log = await database.asOwner("SELECT data FROM events WHERE tenant_id = $1 AND type = 'TierChanged'", [
      PLATFORM_LOG,
    ]);
    expect(log).toHaveLength(2);
  });

  test("a tenant's own limits and features come before its tier's", async () => {
    const ctx = await database.addTenant("admin");
    const overrides = { quotas: { members: 3 }, features: { singleSignOn: true, scheduling: false } };
    const facts = await editTenant(operator, { tenantId: ctx.tenantId, tier: "free", overrides });
    expect(facts).toMatchObject({
      tier: "free",
      plan: { quotas: { members: 3, receivers: 20 }, features: ["singleSignOn"] },
    });
    await expect(write(ctx, {})).rejects.toMatchObject({ code: "feature_missing", details: { feature: "scheduling" } });
    await editTenant(operator, { tenantId: ctx.tenantId, tier: "free", overrides: none });
    expect((await planOf(ctx.tenantId)).quotas.members).toBe(5);
    const types = await withTenant(
      ctx.tenantId,
      (tx) => tx.$queryRaw<{ type: string }[]>`SELECT type FROM events ORDER BY position`,
    );
    expect(types.map(({ type }) => type)).toEqual([
      "TenantTierChanged",
      "TenantOverridesChanged",
      "TenantOverridesChanged",
    ]);
  });
});

describe("members", () => {
  test("as many as the limit, then a refusal that says how many and whom to ask; by claims as well", async () => {
    const ctx = await limited({ members: 2 });
    const [first] = [await inviteMember(ctx, person(1)), await inviteMember(ctx, person(2))];
    await expect(inviteMember(ctx, person(3))).rejects.toMatchObject({
      code: "quota_exceeded",
      message: expect.stringMatching(
        /has 2 of 2 members; one more would be too many.*an operator of this installation/,
      ),
      details: { quota: "members", used: 2, limit: 2 },
    });
    await expect(
      grantMembership(await systemContext(ctx.tenantId), {
        personId: operator.personId,
        role: "viewer",
        source: "oidc",
      }),
    ).rejects.toMatchObject({ code: "quota_exceeded" });
    expect(await listMembers(ctx, undefined)).toHaveLength(2);
    // Below what is there: everything can still be seen and made less.
    await editTenant(operator, {
      tenantId: ctx.tenantId,
      tier: "professional",
      overrides: { quotas: { members: 1 }, features: {} },
    });
    await removeMember(ctx, { personId: first.member.id });
    await expect(inviteMember(ctx, person(4))).rejects.toMatchObject({ details: { used: 1, limit: 1 } });
    await editTenant(operator, { tenantId: ctx.tenantId, tier: "professional", overrides: none });
    await inviteMember(ctx, person(5));
  });

  test("two at once do not slip through together", async () => {
    const ctx = await limited({ members: 3 });
    const all = await Promise.allSettled([1, 2, 3, 4, 5, 6].map((n) => inviteMember(ctx, person(n))));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  });
});

test("rates are of the tenant, none means none, and raising one needs no restart", async () => {
  const ctx = await limited({ apiRate: 60, tapRate: 0 });
  const { tenantId } = ctx;
  await limitTenant(tenantId, "apiRate", 60);
  // As many again would take a minute; one would come in with the next second.
  await expect(limitTenant(tenantId, "apiRate", 60)).rejects.toMatchObject({
    code: "rate_limited",
    details: { retryAfter: expect.any(Number), limit: 60 },
  });
  await expect(limitTenant(tenantId, "tapRate")).rejects.toMatchObject({ code: "rate_limited" });
  await limitTenant((await limited({ apiRate: 60 })).tenantId, "apiRate");
  await editTenant(operator, { tenantId, tier: "dedicated", overrides: none });
  await limitTenant(tenantId, "apiRate", 1_000_000);
});

test("processes that know nothing of each other let in what the tier includes, and no more", async () => {
  const { tenantId } = await limited({ apiRate: 600 });
  const processes = [leasedRate(), leasedRate(), leasedRate(), leasedRate()];
  const began = performance.now();
  const waits = await Promise.all(
    processes.flatMap((one) => Array.from({ length: 300 }, () => one.take(tenantId, "apiRate", 600))),
  );
  const refilled = Math.ceil((performance.now() - began) / 100);
  const letIn = waits.filter((wait) => wait === 0).length;
  expect(letIn).toBeGreaterThanOrEqual(600);
  expect(letIn).toBeLessThanOrEqual(600 + refilled);
  const [row] = await database.asOwner("SELECT used FROM tenant_rates WHERE tenant_id = $1", [tenantId]);
  expect(row?.used).toBeGreaterThan(0);
});

describe("the life of a tenant", () => {
  test("suspended: all is read, nothing written; resumed: as before; both in the logs", async () => {
    const ctx = await database.addTenant("admin");
    const { tenantId } = ctx;
    await write(ctx, {});
    await expect(suspendTenant({ ...operator, isOperator: false }, { tenantId })).rejects.toMatchObject({
      code: "forbidden",
    });
    await suspendTenant(operator, { tenantId, reason: "unpaid" });
    await expect(write(ctx, {})).rejects.toMatchObject({ code: "tenant_suspended", message: /\(unpaid\)/ });
    await expect(inviteMember(ctx, person(1))).rejects.toMatchObject({ code: "tenant_suspended" });
    expect(await listMembers(ctx, undefined)).toEqual([]);
    expect((await tenantFacts(operator, tenantId)).plan).toMatchObject({ state: "suspended", reason: "unpaid" });
    await resumeTenant(operator, { tenantId });
    await write(ctx, {});
    const platform = await database.asOwner<{ type: string }>(
      "SELECT type FROM events WHERE tenant_id = $1 AND data ->> 'tenant' = $2 ORDER BY position",
      [PLATFORM_LOG, tenantId],
    );
    expect(platform.map(({ type }) => type)).toEqual(["TenantSuspended", "TenantResumed"]);
  });

  test("deleted: gone for its members, back within the grace, and purged to the last row after it", async () => {
    const made = await createTenant({ personId: operator.personId }, { slug: "short-lived", name: "S", tier: "free" });
    const tenantId = made.id;
    const ctx = await systemContext(tenantId);
    expect((await planOf(tenantId)).tier).toBe("free");
    await inviteMember(ctx, person(1));
    await expect(deleteTenant(operator, { tenantId, slug: "other" })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(deleteTenant(operator, { tenantId, slug: "short-lived" })).rejects.toMatchObject({ code: "conflict" });
    await recordExport(operator, { tenantId });
    const { purgeAfter } = await deleteTenant(operator, { tenantId, slug: "short-lived" });
    expect(Date.parse(purgeAfter ?? "")).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect((await tenantsOf(operator.personId)).map(({ slug }) => slug)).not.toContain("short-lived");
    await expect(inviteMember(ctx, person(2))).rejects.toMatchObject({ code: "not_found" });
    await expect(editTenant(operator, { tenantId, tier: "free", overrides: none })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await purgeTenants()).toEqual([]);
    await restoreTenant(operator, { tenantId });
    expect((await tenantsOf(operator.personId)).map(({ slug }) => slug)).toContain("short-lived");
    await expect(inviteMember(ctx, person(2))).rejects.toMatchObject({ code: "tenant_suspended" });

    await deleteTenant(operator, { tenantId, slug: "short-lived" });
    // A row in every table that has tenants, whatever else it holds: those that are added later as well.
    await database.asOwner("UPDATE tenants SET purge_after = now() - interval '1 second' WHERE id = $1", [tenantId]);
    const tables = await fillEveryTable(tenantId);
    expect(tables.length).toBeGreaterThan(15);
    const other = await database.addTenant("admin");
    await fillEveryTable(other.tenantId);
    const before = await countIn(tables, other.tenantId);
    expect(await purgeTenants()).toEqual(["short-lived"]);
    expect(await countIn(tables, tenantId)).toEqual(tables.map((table) => ({ table, rows: 0 })));
    expect(await database.asOwner("SELECT 1 FROM tenants WHERE id = $1", [tenantId])).toEqual([]);
    expect(await countIn(tables, other.tenantId)).toEqual(before);
    expect(await purgeTenants()).toEqual([]);
  });
});

/** All tables of the catalogue that have tenants, and a row of this one in each. */
async function fillEveryTable(tenantId: string): Promise<string[]> {
  const rows = await database.asOwner<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND a.attname = 'tenant_id' AND NOT a.attisdropped ORDER BY 1`);
  const tables = rows.map(({ name }) => name);
  // What made-up rows would breach; which rows refer to which stays as it is.
  await database.asOwner(`
    DO $$ DECLARE c record; BEGIN
      FOR c IN SELECT conname, conrelid::regclass AS at FROM pg_constraint
        WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conname <> 'tenant_places_level_check'
      LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.at, c.conname); END LOOP;
    END $$;
    SELECT maintain_alert_firings(30)`);
  let empty = tables;
  for (let round = 0; round < 4 && empty.length > 0; round++) {
    for (const table of empty) await fill(table, tenantId);
    empty = (await countIn(tables, tenantId)).filter(({ rows: count }) => count === 0).map(({ table }) => table);
  }
  expect(empty).toEqual([]);
  return tables;
}

interface Column {
  name: string;
  type: string;
  /** Table and column that it refers to. */
  other: string | null;
  key: string | null;
}

async function fill(table: string, tenantId: string): Promise<void> {
  const columns = await database.asOwner<Column>(
    `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type, f.confrelid::regclass::text AS other, k.attname AS key
     FROM pg_attribute a
       LEFT JOIN pg_constraint f ON f.conrelid = a.attrelid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum]
       LEFT JOIN pg_attribute k ON k.attrelid = f.confrelid AND f.confkey = ARRAY[k.attnum]
     WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'tenant_id'
       AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''`,
    [table],
  );
  const names = ["tenant_id", ...columns.map(({ name }) => `"${name}"`)].join(", ");
  const values = columns.map(({ type, other, key }) => {
    if (!other) return sampleOf(type);
    const own = other === "people" ? "" : `WHERE tenant_id = '${tenantId}'`;
    return `(SELECT "${key}" FROM ${other} ${own} LIMIT 1)`;
  });
  const sql = `INSERT INTO "${table}" (${names}) VALUES (${[`'${tenantId}'`, ...values].join(", ")})`;
  // What it refers to may have its turn later; who comes too late is seen by the caller.
  await database.asOwner(sql).catch(() => undefined);
}

const VALUES: Readonly<Record<string, string>> = {
  uuid: "gen_random_uuid()",
  integer: "1",
  bigint: "1",
  smallint: "1",
  "double precision": "1",
  boolean: "false",
  jsonb: "'{}'",
  json: "'{}'",
  bytea: "gen_random_uuid()::text::bytea",
  date: "now()",
  "timestamp with time zone": "now()",
};

function sampleOf(type: string): string {
  return type.endsWith("[]") ? "'{}'" : (VALUES[type.replace(/\(.*\)/, "")] ?? "gen_random_uuid()::text");
}

/** One statement: each has a connection of its own. */
function countIn(tables: string[], tenantId: string): Promise<{ table: string; rows: number }[]> {
  const counts = tables.map(
    (table, place) =>
      `SELECT ${place} AS place, '${table}' AS "table", count(*)::int AS rows FROM "${table}" WHERE tenant_id = $1`,
  );
  return database.asOwner(`SELECT "table", rows FROM (${counts.join(" UNION ALL ")}) AS all_tables ORDER BY place`, [
    tenantId,
  ]);
}

test("the list of tenants is told page by page, searched and filtered", async () => {
  await database.asOwner(
    "INSERT INTO tenants (id, slug, name, tier) SELECT gen_random_uuid(), 'many-' || n, 'Many ' || lpad(n::text, 3, '0'), 'starter' FROM generate_series(1, 120) n",
  );
  const first = await findTenants({ tier: "starter", size: 50 });
  expect(first).toMatchObject({ total: 120, tenants: { length: 50 } });
  expect(first.tenants[0]).toMatchObject({ name: "Many 001", tier: "starter", state: "active", level: "shared" });
  const third = await findTenants({ tier: "starter", size: 50, page: 3 });
  expect(third.tenants.map(({ name }) => name).at(-1)).toBe("Many 120");
  expect((await findTenants({ search: "mAnY-77" })).tenants.map(({ slug }) => slug)).toEqual(["many-77"]);
  expect(await findTenants({ search: "100%" })).toEqual({ tenants: [], total: 0 });
  expect((await allTenants()).length).toBeGreaterThan(120);
});
