import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { withDirectory, withTenant } from "@/lib/database";
import { type MoveWorker, startMoveWorker } from "@/lib/database/places/move-worker";
import { DIRECTORY_TABLES } from "@/lib/database/places/tables";
import { askMove, untilMoved } from "@/lib/database/places/testing/rows-of";
import { exchangeToken } from "@/lib/tenancy";
import { can, PERMISSIONS, type Permission, ROLES } from "@/lib/tenancy/contract";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { ACCESS } from "@/lib/testing/isolation/access-table";
import { addPerson, type TenantFixture, tenantFixture, tokenOf } from "@/lib/testing/isolation/tenant-fixture";
import { signedIn } from "@/lib/testing/session";
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
let worker: MoveWorker;

/** Who asks: a cookie or a token. */
type Caller = { session: string } | { bearer: string } | null;
let outsiders: Record<string, Caller>;
/** Tokens of the victim's admin, each without one scope. */
const without = new Map<Permission, Caller>();
/** The same for its directory: a token for that alone, and one for all else. */
let provisioning: { within: Caller; without: Caller };

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
  worker = startMoveWorker({
    ownerUrl: database.ownerUrl,
    migrations: path.join(process.cwd(), "prisma/migrations"),
    graceMs: 0,
    pollMs: 20,
    onError: () => undefined,
  });
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
  provisioning = {
    within: { bearer: await tokenOf(victim, (scope) => scope === "scim") },
    without: { bearer: await tokenOf(victim, (scope) => scope !== "scim") },
  };
  // When tokens and members were used last is written now and then, and nothing else may be written below.
  await database.asOwner("UPDATE api_tokens SET last_used_at = now() + interval '1 hour'");
  await database.asOwner("UPDATE memberships SET last_used_at = now() + interval '1 hour'");
});
afterAll(async () => {
  await worker.stop();
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
  const file = `.${url
    .slice("/api".length)
    .replace("{path}", "[...path]")
    .replaceAll(/\{(\w+)\}/g, "[$1]")}/route.ts`;
  const known = handlers.get(file) ?? (import(/* @vite-ignore */ path.join(import.meta.dirname, file)) as never);
  handlers.set(file, known);
  return known;
}

async function send(operation: Operation, caller: Caller, slug: string, fixture: TenantFixture, more = "") {
  const { body, search } = accessOf(operation);
  const { method } = operation;
  const headers = new Headers({ host: "127.0.0.1:3000", "x-forwarded-for": "192.0.2.1", "if-match": '"1"' });
  if (caller && "bearer" in caller) headers.set("authorization", `Bearer ${caller.bearer}`);
  else headers.set("x-signalbox-csrf", "1");
  const text = method === "GET" || !body ? {} : { body: JSON.stringify(body(fixture)) };
  const url = `http://127.0.0.1:3000/api/x?${search?.(fixture) ?? more}`;
  const handler = (await handlersOf(operation))[method];
  if (!handler) throw new Error(`${nameOf(operation)} has no handler.`);
  const params = Promise.resolve(paramsOf(operation, slug, fixture.ids));
  const cookies = new Headers(caller && "session" in caller ? { session: caller.session } : {});
  return await asking.run(cookies, () => handler(new Request(url, { method, headers, ...text }), { params }));
}

async function ask(operation: Operation, caller: Caller, slug: string, fixture: TenantFixture) {
  const response = await send(operation, caller, slug, fixture);
  const answer = await response.text();
  const code: unknown = response.status >= 400 ? JSON.parse(answer).code : "ok";
  return { status: response.status, code };
}

interface Tables {
  data: string[];
  directory: string[];
}
let tables: Tables | undefined;

/** With a tenant's rows, by where they are when its data have moved. */
async function tenantTables(): Promise<Tables> {
  if (tables) return tables;
  const all = await database.asOwner<{ name: string }>(`
    SELECT table_name AS name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND column_name = 'tenant_id' AND table_type = 'BASE TABLE' ORDER BY 1`);
  // Told by who moves the tenants here, not by who asks.
  const names = all.map(({ name }) => name).filter((name) => !/^tenant_(moves|places)$/.test(name));
  const stays = (name: string) => DIRECTORY_TABLES.includes(name);
  tables = { data: names.filter((name) => !stays(name)), directory: names.filter(stays) };
  return tables;
}

/**
 * Of each table how many rows the tenant has and what they say; without the log, where it is told that something was refused, and
 * without the count of who asks how often.
 */
async function contentOf(tenantId: string): Promise<unknown> {
  const known = await tenantTables();
  const select = (names: readonly string[]) => {
    const parts = names
      .filter((table) => table !== "tenant_rates")
      .map((table) => {
        const where = table === "events" ? " AND type NOT IN ('Refused', 'ApiTokenRefused')" : "";
        const rows = table === "event_heads" ? "NULL" : "md5(string_agg(r::text, ',' ORDER BY r::text))";
        return `SELECT '${table}' AS name, count(*)::int, ${rows} AS digest FROM ${table} r WHERE tenant_id = $1::uuid${where}`;
      });
    return parts.join(" UNION ALL ");
  };
  const [data, directory] = await Promise.all([
    withTenant(tenantId, (tx) => tx.$queryRawUnsafe(select(known.data), tenantId)),
    withDirectory(tenantId, (tx) => tx.$queryRawUnsafe(select(known.directory), tenantId)),
  ]);
  return { data, directory };
}

async function moveTo(tenantId: string, level: string): Promise<void> {
  const ended = await untilMoved(database, await askMove(database, tenantId, level));
  expect(ended).toMatchObject({ state: expect.stringMatching(/switched|done/), error: null });
}

const INSIDE = OPERATIONS.filter(({ path: url }) => url.startsWith("/api/{tenant}"));
const BY_ROLE = INSIDE.filter(({ scim }) => !scim);
const PROVISIONING = INSIDE.filter(({ scim }) => scim);
const OUTSIDE = OPERATIONS.filter(({ path: url }) => !url.startsWith("/api/{tenant}"));
const named = (operations: readonly Operation[]) =>
  operations.map((operation) => [nameOf(operation), operation] as const);

test("every operation says in the table who may do it, and none is there that is not", () => {
  expect(Object.keys(ACCESS).sort()).toEqual(OPERATIONS.map(nameOf).sort());
});

/** Every operation with what is the victim's, by others: what was not answered as it must be. */
async function answersToOthers(operation: Operation, callers: Record<string, Caller>): Promise<string[]> {
  const { needs, foreign = 404 } = accessOf(operation);
  const wrong: string[] = [];
  const check = async (who: string, caller: Caller, slug: string, usual: number) => {
    const answer = await ask(operation, caller, slug, victim);
    // A directory shows a token: a cookie is nobody's.
    const status = operation.scim && caller && "session" in caller ? 401 : usual;
    if (answer.status !== status) wrong.push(`${nameOf(operation)}: ${who}: ${answer.status} ${answer.code}`);
  };
  const calls = Object.entries(callers).map(([who, caller]) => check(who, caller, victim.slug, 404));
  calls.push(check("nobody", null, victim.slug, 401));
  if (operation.path.replace("{tenant}", "").includes("{")) {
    // Their own tenant in the address, with what belongs to the other.
    for (const [who, caller] of Object.entries(callers).filter(([name]) => /^(admin|token) /.test(name))) {
      const never = who.startsWith("token ") && needs.startsWith("tokens:");
      calls.push(check(`${who}, in their own`, caller, other.slug, never ? 403 : foreign));
    }
  }
  await Promise.all(calls);
  return wrong;
}

/** As the app's role: what one tenant sees and changes of another, by table. */
async function rowsOfOthers(): Promise<string[]> {
  const { tenantId } = other.admin;
  const wrong: string[] = [];
  const { data, directory } = await tenantTables();
  for (const table of [...data, ...directory]) {
    const within = directory.includes(table) ? withDirectory : withTenant;
    const seen = await within(tenantId, (tx) =>
      tx.$queryRawUnsafe(`SELECT 1 FROM ${table} WHERE tenant_id <> $1::uuid`, tenantId),
    );
    if (!Array.isArray(seen) || seen.length > 0) wrong.push(`${table}: seen`);
    if ((await database.asApp(`SELECT 1 FROM ${table} LIMIT 1`)).length > 0)
      wrong.push(`${table}: seen without a tenant`);
    const changed = await within(tenantId, (tx) =>
      tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE tenant_id = $1::uuid`, victim.admin.tenantId),
    ).catch((error: Error) => error.message);
    if (changed !== 0 && !/permission denied/.test(String(changed))) wrong.push(`${table}: ${changed}`);
  }
  return wrong;
}

describe.each(["schema", "database", "dedicated-cluster"])("another tenant's, both at level %s:", (level) => {
  beforeAll(() => Promise.all([victim, other].map(({ admin }) => moveTo(admin.tenantId, level))));

  test("no operation reaches it, and nothing is changed", async () => {
    const before = await contentOf(victim.admin.tenantId);
    const wrong: string[] = [];
    const admin = "admin of another tenant";
    for (const operation of INSIDE)
      wrong.push(...(await answersToOthers(operation, { [admin]: outsiders[admin] ?? null })));
    expect(wrong).toEqual([]);
    expect(await contentOf(victim.admin.tenantId)).toEqual(before);
  });

  test("as the app's role, no row is seen or changed in any table", async () => {
    expect(await rowsOfOthers()).toEqual([]);
  });

  test("its own members reach it", async () => {
    const [live] = INSIDE.filter((operation) => nameOf(operation) === "GET /api/{tenant}/changes/{id}");
    expect(live && (await ask(live, { session: victim.cookies.viewer }, victim.slug, victim))).toMatchObject({
      status: 200,
    });
  });
});

describe("another tenant's", () => {
  let before: unknown;
  beforeAll(async () => {
    await Promise.all([victim, other].map(({ admin }) => moveTo(admin.tenantId, "shared")));
    before = await contentOf(victim.admin.tenantId);
  });

  test.each(named(INSIDE))("%s: it is not there", async (_name, operation) => {
    expect(await answersToOthers(operation, outsiders)).toEqual([]);
  });

  test("nothing of it all was changed by that", async () => {
    expect(await contentOf(victim.admin.tenantId)).toEqual(before);
  });

  test("rows: as the app's role, none is seen or changed in any table", async () => {
    expect(await rowsOfOthers()).toEqual([]);
  });
});

describe("in the own tenant", () => {
  let before: unknown;
  beforeAll(async () => {
    before = await contentOf(victim.admin.tenantId);
  });
  test.each(named(BY_ROLE))("%s: refused without its permission", async (_name, operation) => {
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
  });

  test.each(named(PROVISIONING))("%s: refused to all but a directory's token", async (_name, operation) => {
    for (const role of ROLES) {
      const cookie = await ask(operation, { session: victim.cookies[role] }, victim.slug, victim);
      expect(cookie.status, role).toBe(401);
    }
    expect((await ask(operation, provisioning.without, victim.slug, victim)).status).toBe(403);
  });

  test("nothing was changed by what was refused", async () => {
    expect(await contentOf(victim.admin.tenantId)).toEqual(before);
  });

  test.each(named(PROVISIONING))("%s: answered to a directory", async (_name, operation) => {
    const { status } = await ask(operation, provisioning.within, victim.slug, victim);
    expect([200, 201, 204, 404, 409, 412]).toContain(status);
  });

  test.each(named(BY_ROLE))("%s: not refused with it", async (_name, operation) => {
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

const READS = OPERATIONS.filter(({ method, scim }) => method === "GET" && !scim);
const callerFor = (operation: Operation): Caller => ({
  session: INSIDE.includes(operation) ? victim.cookies.admin : operator,
});

/** The log, which tells of exports; what signs and seals it, and counts that. */
const TOLD = /^(?:events|event_heads|checkpoints|log_\w+|data_keys)$/;

test("reading changes nothing but the log, and answers hold no more than is written of them", async () => {
  const content = async () => {
    const { data, directory } = (await contentOf(victim.admin.tenantId)) as Record<string, { name: string }[]>;
    return [...(data ?? []), ...(directory ?? [])].filter(({ name }) => !TOLD.test(name));
  };
  const before = await content();
  const more: string[] = [];
  let seen = 0;
  const ids = { ...victim.ids, tenants: victim.admin.tenantId, "default-templates": "0.34", tiers: "free" };
  for (const operation of READS) {
    const response = await send(operation, callerFor(operation), victim.slug, { ...victim, ids });
    const isJson = /^application\/json\b/.test(response.headers.get("content-type") ?? "");
    const body = isJson ? await response.json() : await response.arrayBuffer();
    if (response.status !== 200 || !isJson || !operation.answer) continue;
    seen += 1;
    // What the schema does not know is left out of what it gives back.
    const known = operation.answer.safeParse(body);
    const said = known.success ? differences(known.data, body) : [known.error.message.slice(0, 200)];
    more.push(...said.map((where) => `${nameOf(operation)}: ${where}`));
  }
  expect(more).toEqual([]);
  expect(seen).toBeGreaterThan(40);
  expect(await content()).toEqual(before);
});

/** Where `all` holds what `known` does not. */
function differences(known: unknown, all: unknown, at = ""): string[] {
  if (typeof all !== "object" || all === null || typeof known !== "object" || known === null) return [];
  return Object.entries(all).flatMap(([key, value]) => {
    const here = Array.isArray(all) ? `${at}[]` : `${at}.${key}`;
    return key in known ? differences(Reflect.get(known, key), value, here) : [here];
  });
}

test("what is answered as a file has a name of ours, whatever tenants and people are called", async () => {
  const hostile = 'Acme"; filename="evil.exe\r\nset-cookie: a=b\r\n../../<script>';
  await database.asOwner("UPDATE tenants SET name = $1", [hostile]);
  await database.asOwner("UPDATE people SET name = $1", [hostile]);
  const more = { tile: "0/000.p/1", tenants: victim.admin.tenantId, "second-factor": randomUUID(), tiers: "free" };
  const fixture = { ...victim, ids: { ...victim.ids, ...more, "default-templates": "0.34", sessions: randomUUID() } };
  const files: string[] = [];
  const wrong: string[] = [];
  for (const operation of READS) {
    const response = await send(operation, callerFor(operation), victim.slug, fixture, "format=markdown");
    await response.arrayBuffer();
    const { status, headers } = response;
    const type = headers.get("content-type") ?? "";
    if (status !== 200 || /^application\/(?:[\w.-]+\+)?json\b/.test(type)) continue;
    files.push(nameOf(operation));
    const told = headers.get("content-disposition") ?? "none";
    if (!/^attachment; filename="\w[\w.-]{0,99}"$/.test(told) || /evil|script|cookie/.test(told))
      wrong.push(`${nameOf(operation)}: ${told}`);
  }
  expect(wrong).toEqual([]);
  const told = OPERATIONS.filter(({ media, method }) => method === "GET" && media && !media.includes("json"));
  expect(files).toEqual(expect.arrayContaining(told.map(nameOf)));
  const others = ["/api/{tenant}/access/export", "/api/me/export", "/api/platform/processing"];
  others.push("/api/platform/tenants/{id}/export");
  expect(files).toEqual(expect.arrayContaining(others.map((where) => `GET ${where}`)));
});
