import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { withTenant } from "@/lib/database";
import { exchangeToken } from "@/lib/tenancy";
import { can, PERMISSIONS, type Permission, ROLES } from "@/lib/tenancy/contract";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { ACCESS } from "@/lib/testing/isolation/access-table";
import {
  addPerson,
  signedIn,
  type TenantFixture,
  tenantFixture,
  tokenOf,
} from "@/lib/testing/isolation/tenant-fixture";
import { OPERATIONS, type Operation } from "./operations";

// The request that is being answered: next-auth reads it through Next's own module, ours through what stands for it here.
const { asking, stand } = await vi.hoisted(async () => {
  const { AsyncLocalStorage } = await import("node:async_hooks");
  const asking = new AsyncLocalStorage<Headers>();
  const headers = async () => asking.getStore() ?? new Headers();
  const cookies = async () => ({
    getAll: () => [{ name: "next-auth.session-token", value: asking.getStore()?.get("session") ?? "" }],
  });
  return { asking, stand: { headers, cookies } };
});
vi.mock("next/headers", () => stand);
Object.assign(createRequire(import.meta.url)("next/headers"), stand);

const NEXTAUTH_SECRET = "a secret of a test";
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-isolation-"));
let database: TestDatabase;
let victim: TenantFixture;
let other: TenantFixture;
let operator: string;

/** Who asks: a cookie or a token. */
type Caller = { session: string } | { bearer: string } | null;
let outsiders: Record<string, Caller>;
/** Tokens of the victim's admin, each without one scope. */
const without = new Map<Permission, Caller>();

beforeAll(async () => {
  Object.assign(process.env, {
    DATA_DIR: folder,
    TARGET_ROOTS: folder,
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    NEXTAUTH_SECRET,
    LOG_LEVEL: process.env.SHOW ?? "silent",
    API_RATE_LIMIT: "0",
  });
  database = await startTestDatabase();
  [victim, other] = [
    await tenantFixture(database, "victim", folder, NEXTAUTH_SECRET),
    await tenantFixture(database, "other", folder, NEXTAUTH_SECRET),
  ];
  // Revisions are numbered in each tenant; the other one has none of this number, and publishes nothing.
  await database.asOwner("DELETE FROM publications WHERE tenant_id = $1", [other.admin.tenantId]);
  await database.asOwner("DELETE FROM revisions WHERE tenant_id = $1", [other.admin.tenantId]);
  operator = await signedIn(database, await addPerson(database, true), NEXTAUTH_SECRET);
  const token = await tokenOf(other);
  const grant = "urn:ietf:params:oauth:grant-type:token-exchange" as const;
  const { access_token } = await exchangeToken(
    { grant_type: grant, subject_token: token },
    { address: "192.0.2.1", userAgent: "vitest" },
  );
  outsiders = {
    ...Object.fromEntries(ROLES.map((role) => [`${role} of another tenant`, { session: other.cookies[role] }])),
    "operator of the installation": { session: operator },
    "token of another tenant": { bearer: token },
    "access token of another tenant": { bearer: access_token },
  };
  for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
    without.set(permission, { bearer: await tokenOf(victim, (scope) => scope !== permission) });
  }
  // When a token was used is written once a minute, and nothing else may be written below.
  await database.asOwner("UPDATE api_tokens SET last_used_at = now() + interval '1 hour'");
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

const nameOf = ({ method, path: url }: Operation) => `${method} ${url}`;
const accessOf = (operation: Operation) => {
  const access = ACCESS[nameOf(operation)];
  if (!access) throw new Error(`${nameOf(operation)} is not in the table of access.`);
  return access;
};

/** The value of each parameter, by the part of the path before it. */
function paramsOf({ path: url }: Operation, slug: string, ids: TenantFixture["ids"]): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [, before = "", name = ""] of url.matchAll(/([\w-]+)\/\{(\w+)\}/g)) {
    const value = name === "tenant" ? slug : ids[before];
    if (value === undefined) throw new Error(`There is no example of ${before} for ${url}.`);
    params[name] = value;
  }
  return params;
}

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
const handlers = new Map<string, Promise<Record<string, Handler>>>();

function handlersOf({ path: url }: Operation): Promise<Record<string, Handler>> {
  const file = `.${url.slice("/api".length).replaceAll(/\{(\w+)\}/g, "[$1]")}/route.ts`;
  const known = handlers.get(file) ?? (import(/* @vite-ignore */ path.join(import.meta.dirname, file)) as never);
  handlers.set(file, known);
  return known;
}

async function ask(operation: Operation, caller: Caller, slug: string, fixture: TenantFixture) {
  const { body, search } = accessOf(operation);
  const { method } = operation;
  const headers = new Headers({ host: "127.0.0.1:3000", "x-forwarded-for": "192.0.2.1", "if-match": '"1"' });
  if (caller && "bearer" in caller) headers.set("authorization", `Bearer ${caller.bearer}`);
  else headers.set("x-signalbox-csrf", "1");
  const text = method === "GET" || !body ? {} : { body: JSON.stringify(body(fixture)) };
  const url = `http://127.0.0.1:3000/api/x?${search?.(fixture) ?? ""}`;
  const handler = (await handlersOf(operation))[method];
  if (!handler) throw new Error(`${nameOf(operation)} has no handler.`);
  const params = Promise.resolve(paramsOf(operation, slug, fixture.ids));
  const cookies = new Headers(caller && "session" in caller ? { session: caller.session } : {});
  const response = await asking.run(cookies, () => handler(new Request(url, { method, headers, ...text }), { params }));
  const answer = await response.text();
  const code: unknown = response.status >= 400 ? JSON.parse(answer).code : "ok";
  return { status: response.status, code };
}

let tables: string[] | undefined;

async function tenantTables(): Promise<string[]> {
  tables ??= (
    await database.asOwner<{ name: string }>(`
      SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE' ORDER BY 1`)
  ).map(({ name }) => name);
  return tables;
}

/** Of each table how many rows the tenant has and what they say; without the log: that something was refused is told there. */
async function contentOf(tenantId: string): Promise<unknown> {
  const parts = (await tenantTables()).map((table) => {
    const where = table === "events" ? " AND type <> 'Refused'" : "";
    const rows = table === "event_heads" ? "NULL" : "md5(string_agg(r::text, ',' ORDER BY r::text))";
    return `SELECT '${table}' AS name, count(*)::int, ${rows} AS digest FROM public.${table} r WHERE tenant_id = $1::uuid${where}`;
  });
  return withTenant(tenantId, (tx) => tx.$queryRawUnsafe(parts.join(" UNION ALL "), tenantId));
}

const INSIDE = OPERATIONS.filter(({ path: url }) => url.startsWith("/api/{tenant}"));
const OUTSIDE = OPERATIONS.filter(({ path: url }) => !url.startsWith("/api/{tenant}"));
const named = (operations: readonly Operation[]) =>
  operations.map((operation) => [nameOf(operation), operation] as const);

test("every operation says in the table who may do it", () => {
  expect(OPERATIONS.map(nameOf).filter((name) => !Object.hasOwn(ACCESS, name))).toEqual([]);
});

describe("another tenant's", () => {
  let before: unknown;
  beforeAll(async () => {
    before = await contentOf(victim.admin.tenantId);
  });
  test.each(named(INSIDE))("%s: it is not there, and nothing is changed", async (_name, operation) => {
    expect(await ask(operation, null, victim.slug, victim)).toEqual({ status: 401, code: "unauthenticated" });
    await Promise.all(
      Object.entries(outsiders).map(async ([who, caller]) => {
        expect(await ask(operation, caller, victim.slug, victim), who).toEqual({ status: 404, code: "not_found" });
      }),
    );
    const { needs, foreign = 404 } = accessOf(operation);
    if (operation.path.replace("{tenant}", "").includes("{")) {
      // Their own tenant in the address, with what belongs to the other.
      const mixed = { ...victim, slug: other.slug };
      const byAdmin = await ask(operation, { session: other.cookies.admin }, other.slug, mixed);
      expect(byAdmin.status, JSON.stringify(byAdmin)).toBe(foreign);
      const byToken = await ask(operation, outsiders["token of another tenant"] ?? null, other.slug, mixed);
      expect(byToken.status, JSON.stringify(byToken)).toBe(needs.startsWith("tokens:") ? 403 : foreign);
    }
    expect(await contentOf(victim.admin.tenantId)).toEqual(before);
  });
});

describe("in the own tenant", () => {
  let before: unknown;
  beforeAll(async () => {
    before = await contentOf(victim.admin.tenantId);
  });
  test.each(named(INSIDE))("%s: refused without its permission, with no trace but that", async (_name, operation) => {
    const { needs, browser } = accessOf(operation);
    const permission = needs as Permission;
    await Promise.all(
      ROLES.filter((candidate) => !can(candidate, permission)).map(async (role) => {
        const answer = await ask(operation, { session: victim.cookies[role] }, victim.slug, victim);
        expect(answer, role).toEqual({ status: 403, code: "forbidden" });
      }),
    );
    const answer = await ask(operation, without.get(permission) ?? null, victim.slug, victim);
    const refusal = browser ? { status: 401, code: "unauthenticated" } : { status: 403, code: "forbidden" };
    expect(answer, `a token without ${permission}`).toEqual(refusal);
    expect(await contentOf(victim.admin.tenantId)).toEqual(before);
  });

  test.each(named(INSIDE))("%s: not refused with it", async (_name, operation) => {
    const { needs, moreNeeded } = accessOf(operation);
    for (const role of ROLES.filter((candidate) => can(candidate, needs as Permission))) {
      const { status, code } = await ask(operation, { session: victim.cookies[role] }, victim.slug, victim);
      if (!moreNeeded) expect([status, code], role).not.toEqual([403, "forbidden"]);
      expect([401, 500], role).not.toContain(status);
    }
  });
});

describe("outside of tenants", () => {
  test.each(named(OUTSIDE))("%s: for those only whom it is for", async (_name, operation) => {
    const { needs } = accessOf(operation);
    const more = {
      sessions: randomUUID(),
      "second-factor": randomUUID(),
      "default-templates": "0.34",
      tenants: victim.admin.tenantId,
      tiers: "free",
    };
    const fixture = { ...victim, ids: { ...victim.ids, ...more } };
    expect(await ask(operation, null, "", fixture)).toMatchObject({ status: 401 });
    if (needs === "nobody") return;
    const bearer = await ask(operation, outsiders["token of another tenant"] ?? null, "", fixture);
    expect([401, 403], JSON.stringify(bearer)).toContain(bearer.status);
    if (needs !== "operator") return;
    const before = await contentOf(victim.admin.tenantId);
    for (const role of ROLES) {
      expect(await ask(operation, { session: victim.cookies[role] }, "", fixture), role).toMatchObject({ status: 403 });
    }
    expect(await contentOf(victim.admin.tenantId)).toEqual(before);
  });
});

test("as the app's role, one tenant sees and changes no row of another in any table", async () => {
  const { tenantId } = other.admin;
  for (const table of await tenantTables()) {
    const seen = await withTenant(tenantId, (tx) =>
      tx.$queryRawUnsafe<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM ${table} WHERE tenant_id <> $1::uuid`,
        tenantId,
      ),
    );
    expect(seen, table).toEqual([{ n: 0 }]);
    expect(await database.asApp(`SELECT 1 FROM ${table} LIMIT 1`), table).toEqual([]);
    const changed = await withTenant(tenantId, (tx) =>
      tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE tenant_id = $1::uuid`, victim.admin.tenantId),
    ).catch((error: Error) => error.message);
    if (changed !== 0) expect(changed, table).toMatch(/permission denied/);
  }
});
