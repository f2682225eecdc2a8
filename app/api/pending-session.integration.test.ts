import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bootstrap, currentMe, resolveOperator, resolvePending, resolvePerson, resolveTenant } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
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
const HOST = "127.0.0.1:3000";
let database: TestDatabase;
let adminId: string;
/** Of the first admin, who operates the installation too and has a second factor; the session has not shown it. */
let cookie: string;

const sessionCookie = (factors: readonly string[]) => signedIn(database, adminId, NEXTAUTH_SECRET, factors);

beforeAll(async () => {
  Object.assign(process.env, {
    DATA_DIR: mkdtempSync(path.join(tmpdir(), "signalbox-pending-")),
    NEXTAUTH_URL: `http://${HOST}`,
    NEXTAUTH_SECRET,
    LOG_LEVEL: "silent",
  });
  database = await startTestDatabase();
  adminId = (await bootstrap()).created?.adminId ?? "";
  await database.asOwner("UPDATE people SET has_second_factor = true WHERE id = $1", [adminId]);
  cookie = await sessionCookie(["password"]);
});
afterAll(() => database.stop());

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function ask({ method, path: url, body }: Operation, session: string) {
  const file = url
    .replace(/^\/api\//, "")
    .replace("{path}", "[...path]")
    .replaceAll(/\{(\w+)\}/g, "[$1]");
  const handlers: Record<string, Handler> = await import(
    /* @vite-ignore */ path.join(import.meta.dirname, file, "route.ts")
  );
  const names = [...url.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const params = Object.fromEntries(names.map((name) => [name, name === "tenant" ? "demo" : randomUUID()]));
  const headers = new Headers({ host: HOST, "x-signalbox-csrf": "1", "if-match": '"1"', session });
  const init = { method, headers, ...(body ? { body: "{}" } : {}) };
  const handler = handlers[method];
  if (!handler) throw new Error(`${method} ${url} has no handler`);
  return asking.run(headers, () =>
    handler(new Request(`http://${HOST}/api`, init), { params: Promise.resolve(params) }),
  );
}

/** Opens itself with something else than a session, or is the way to the second factor. */
const APART = /^\/api\/(token|tap|me\/step-up|\{tenant\}\/scim)(\/|$)/;
const CLOSED = OPERATIONS.filter(({ path: url }) => !APART.test(url));

/** Those that answer this session otherwise than with a demand of the second factor. */
async function openTo(session: string, operations = CLOSED): Promise<string[]> {
  const open: string[] = [];
  for (const operation of operations) {
    const answer = await ask(operation, session);
    const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
    if (answer.status !== 403 || code !== "second_factor_required") open.push(`${operation.method} ${operation.path}`);
  }
  return open;
}

test("a session that has not shown its second factor opens nothing of the API", async () => {
  expect(CLOSED.length).toBeGreaterThan(80);
  expect(await openTo(cookie)).toEqual([]);
});

test("nor of the pages, which ask these", async () => {
  const as = <T>(work: () => Promise<T>) => asking.run(new Headers({ session: cookie }), work);
  const refused = { code: "second_factor_required" };
  await expect(as(resolvePerson)).rejects.toMatchObject(refused);
  await expect(as(resolveOperator)).rejects.toMatchObject(refused);
  await expect(as(currentMe)).rejects.toMatchObject(refused);
  await expect(as(() => resolveTenant("demo"))).rejects.toMatchObject(refused);
  await expect(as(() => resolveTenant("nowhere"))).rejects.toMatchObject(refused);
  expect(await as(resolvePending)).toMatchObject({ pending: true });
});

test("a tenant's demand leads who has none to set one up, at the next request", async () => {
  await database.asOwner("UPDATE people SET has_second_factor = false WHERE id = $1", [adminId]);
  const as = <T>(session: string, work: () => Promise<T>) => asking.run(new Headers({ session }), work);
  const enter = () => resolveTenant("demo");
  expect(await as(cookie, enter)).toMatchObject({ session: { asked: false } });
  await database.asOwner("INSERT INTO second_factor_policies SELECT id, '{admin}' FROM tenants WHERE slug = 'demo'");
  await expect(as(cookie, enter)).rejects.toMatchObject({
    code: "second_factor_required",
    details: { tenant: "demo" },
  });
  // Who they are, they may know; and their sign-in service's word for two factors is enough.
  expect(await as(cookie, currentMe)).toMatchObject({ id: adminId });
  expect(await as(await sessionCookie(["oidc", "mfa"]), enter)).toMatchObject({ session: { asked: true } });
  await database.asOwner("UPDATE second_factor_policies SET roles = '{editor}'");
  expect(await as(cookie, enter)).toMatchObject({ session: { asked: false } });
});

test("where the installation demands one of everybody, nothing opens without but setting it up", async () => {
  await database.asOwner("DELETE FROM second_factor_policies");
  const as = <T>(session: string, work: () => Promise<T>) => asking.run(new Headers({ session }), work);
  const enter = () => resolveTenant("demo");
  expect(await as(cookie, enter)).toMatchObject({ session: { asked: false } });
  process.env.REQUIRE_SECOND_FACTOR = "yes";
  try {
    expect((await openTo(cookie)).sort()).toEqual([
      "GET /api/me/second-factor",
      "POST /api/me/second-factor/passkeys",
      "POST /api/me/second-factor/totp",
      "PUT /api/me/language",
      "PUT /api/me/second-factor/passkeys",
      "PUT /api/me/second-factor/totp",
    ]);
    const refused = { code: "second_factor_required" };
    for (const page of [resolvePerson, resolveOperator, currentMe, enter]) {
      await expect(as(cookie, page as () => Promise<unknown>)).rejects.toMatchObject(refused);
    }
    const [seen] = CLOSED.filter(({ method, path: url }) => method === "GET" && url === "/api/me/second-factor");
    expect(await (await ask(seen!, cookie)).json()).toMatchObject({ demandedOfEverybody: true, demandedBy: [] });
    // Who comes by a service that asked for two has shown one; a service that says nothing of it is not enough.
    expect(await as(await sessionCookie(["oidc", "mfa"]), enter)).toMatchObject({ session: { asked: true } });
    await expect(as(await sessionCookie(["oidc"]), enter)).rejects.toMatchObject(refused);
    // Who set one up and has shown it goes on.
    await database.asOwner("UPDATE people SET has_second_factor = true WHERE id = $1", [adminId]);
    expect(await as(await sessionCookie(["password", "totp"]), enter)).toMatchObject({ session: { asked: true } });
  } finally {
    delete process.env.REQUIRE_SECOND_FACTOR;
  }
});
