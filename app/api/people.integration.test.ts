import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { signedIn } from "@/lib/testing/session";

// next-auth reads the request through Next's own module; this stands for the one request that is being answered.
let current = new Headers();
/** The session cookies that went out with answers, and how. */
const handedOut: { name: string; value: string; options: object }[] = [];
const next = createRequire(import.meta.url)("next/headers") as Record<string, unknown>;
next.headers = async () => current;
next.cookies = async () => ({
  getAll: () => [{ name: "next-auth.session-token", value: current.get("session") ?? "" }],
  set: (name: string, value: string, options: object) => handedOut.push({ name, value, options }),
});

const NEXTAUTH_SECRET = "a secret of a test";
const PASSWORD = "long enough, I hope";
let database: TestDatabase;
let operator: string;
let viewer: string;

const sessionOf = (personId: string) => signedIn(database, personId, NEXTAUTH_SECRET);

beforeAll(async () => {
  Object.assign(process.env, {
    DATA_DIR: mkdtempSync(path.join(tmpdir(), "signalbox-api-")),
    NEXTAUTH_URL: "http://127.0.0.1:3000",
    NEXTAUTH_SECRET,
    LOG_LEVEL: "silent",
  });
  database = await startTestDatabase();
  const { bootstrap } = await import("@/lib/tenancy");
  const { created } = await bootstrap();
  const viewerId = randomUUID();
  await database.asOwner("UPDATE people SET first_signed_in_at = now()");
  await database.asOwner("INSERT INTO people (id, email, name) VALUES ($1, 'vi@example.org', 'Vi')", [viewerId]);
  await database.asOwner("INSERT INTO memberships VALUES ($1, $2, 'viewer', 'oidc', now())", [
    created?.tenantId,
    viewerId,
  ]);
  [operator, viewer] = [await sessionOf(created?.adminId ?? ""), await sessionOf(viewerId)];
});
afterAll(() => database.stop());

type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response>;

async function call(
  handler: unknown,
  session: string | null,
  body?: unknown,
  params: Record<string, string> = {},
  search = "",
) {
  const method = body === undefined ? "GET" : "POST";
  const headers = new Headers({ host: "127.0.0.1:3000", "x-signalbox-csrf": "1" });
  current = new Headers(session ? { session } : {});
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const request = new Request(`http://127.0.0.1:3000/api/x${search}`, init);
  const response = await (handler as Handler)(request, { params: Promise.resolve(params as never) });
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

test("GET /api/me: who asks, or 401", async () => {
  const { GET } = await import("./me/route");
  expect(await call(GET, null)).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  expect(await call(GET, "forged")).toMatchObject({ status: 401 });
  expect(await call(GET, viewer)).toMatchObject({
    status: 200,
    body: { name: "Vi", isOperator: false, tenants: [{ slug: "demo", role: "viewer" }] },
  });
});

test("tenants: made and listed by operators only", async () => {
  const { GET, POST } = await import("./platform/tenants/route");
  const tenant = { slug: "payments", name: "Payments" };
  expect(await call(POST, viewer, tenant)).toMatchObject({ status: 403, body: { code: "forbidden" } });
  expect(await call(GET, viewer)).toMatchObject({ status: 403 });
  expect(await call(POST, operator, tenant)).toMatchObject({ status: 201, body: { ...tenant, members: 1 } });
  expect(await call(POST, operator, tenant)).toMatchObject({ status: 409, body: { code: "conflict" } });
  expect(await call(POST, operator, { slug: "api", name: "x" })).toMatchObject({ status: 422 });
  expect((await call(GET, operator)).body).toMatchObject({ total: 2, tenants: [{ slug: "demo" }, tenant] });
});

test("default templates: uploaded, seen and removed by operators only; what they are, by members", async () => {
  const { GET } = await import("./platform/default-templates/route");
  const { PUT, DELETE } = await import("./platform/default-templates/[version]/route");
  const ofTenant = await import("./[tenant]/default-templates/route");
  const files = { defaultTmpl: "x", emailTmpl: '{{ define "email.default.html" }}x{{ end }}' };
  const one = { version: "0.34" };
  expect(await call(GET, null)).toMatchObject({ status: 401 });
  for (const handler of [PUT, DELETE]) expect(await call(handler, viewer, files, one)).toMatchObject({ status: 403 });
  expect(await call(GET, viewer)).toMatchObject({ status: 403 });
  expect(await call(PUT, operator, files, one)).toMatchObject({
    status: 200,
    body: { source: "uploaded", fits: false },
  });
  expect(await call(PUT, operator, { ...files, emailTmpl: "" }, one)).toMatchObject({ status: 422 });
  expect((await call(GET, operator)).body.versions[0]).toMatchObject({ version: "0.34", source: "uploaded" });
  const ask = (session: string | null, tenant: string) =>
    call(ofTenant.GET, session, undefined, { tenant }, "?profile=alertmanager@0.34");
  expect(await ask(viewer, "demo")).toMatchObject({ status: 200, body: { source: "uploaded", files: [{}, {}] } });
  expect(await ask(viewer, "payments")).toMatchObject({ status: 404 });
  expect(await ask(null, "demo")).toMatchObject({ status: 401 });
  expect(await call(DELETE, operator, {}, one)).toEqual({ status: 204, body: null });
  expect(await call(DELETE, operator, {}, one)).toMatchObject({ status: 404 });
});

test("members: invited by admins, seen by all members, a 404 for everybody else", async () => {
  const { GET, POST } = await import("./[tenant]/members/route");
  const { PUT, DELETE } = await import("./[tenant]/members/[id]/route");
  const demo = { tenant: "demo" };
  const ana = { email: "ana@example.org", name: "Ana", role: "viewer" };
  expect(await call(POST, viewer, ana, demo)).toMatchObject({ status: 403 });
  const made = await call(POST, operator, ana, demo);
  expect(made).toMatchObject({ status: 201, body: { member: { status: "invited", role: "viewer" } } });
  const one = { ...demo, id: made.body.member.id };
  expect(await call(PUT, viewer, { role: "admin" }, one)).toMatchObject({ status: 403 });
  expect(await call(PUT, operator, { role: "root" }, one)).toMatchObject({ status: 422 });
  expect(await call(PUT, operator, { role: "editor" }, one)).toMatchObject({ status: 200, body: { role: "editor" } });
  expect((await call(GET, viewer, undefined, demo)).body).toHaveLength(3);
  expect(await call(GET, viewer, undefined, { tenant: "payments" })).toMatchObject({ status: 404 });
  expect(await call(DELETE, viewer, {}, one)).toMatchObject({ status: 403 });
  expect(await call(DELETE, operator, {}, one)).toEqual({ status: 204, body: null });
  expect(await call(DELETE, operator, {}, { ...demo, id: "nobody" })).toMatchObject({ status: 422 });
});

test("sessions and password: one's own only", async () => {
  const sessions = await import("./me/sessions/route");
  const session = await import("./me/sessions/[id]/route");
  const { PUT } = await import("./me/password/route");
  const [{ id }] = (await call(sessions.GET, operator)).body;
  expect(await call(session.DELETE, viewer, {}, { id })).toMatchObject({ status: 404 });
  expect(await call(PUT, viewer, { password: "short" })).toMatchObject({ status: 422 });
  expect(await call(PUT, viewer, { password: PASSWORD })).toMatchObject({ status: 204 });
  viewer = handedOut.pop()!.value;
  expect(await call(session.DELETE, operator, {}, { id })).toMatchObject({ status: 204 });
  expect(await call(sessions.GET, operator)).toMatchObject({ status: 401 });
});

test("each proof of who it is gives the browser another cookie, and the one before is worth nothing at once", async () => {
  const me = await import("./me/route");
  const stepUp = await import("./me/step-up/route");
  const password = await import("./me/password/route");
  const isIn = async (session: string) => (await call(me.GET, session)).status === 200;
  const before = viewer;
  handedOut.length = 0;
  // What proves nothing changes nothing.
  expect(await call(stepUp.POST, before, { password: "a guess" })).toMatchObject({ status: 422 });
  expect([handedOut.length, await isIn(before)]).toEqual([0, true]);

  // Of three at once with the same cookie, one renews it; none fails for that.
  const proofs = [1, 2, 3].map(() => call(stepUp.POST, before, { password: PASSWORD }));
  for (const { status } of await Promise.all(proofs)) expect([204, 401]).toContain(status);
  expect(handedOut).toHaveLength(1);
  const [{ name, value: after, options }] = handedOut as [(typeof handedOut)[0]];
  expect(name).toBe("next-auth.session-token");
  expect(options).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/", maxAge: 7 * 24 * 3600 });
  expect([await isIn(before), await isIn(after)]).toEqual([false, true]);
  expect(await call(stepUp.POST, before, { password: PASSWORD })).toMatchObject({ status: 401 });

  // A new password is one, too.
  const next = { password: `${PASSWORD} so`, current: PASSWORD };
  expect(await call(password.PUT, after, next)).toMatchObject({ status: 204 });
  expect(handedOut).toHaveLength(2);
  expect([await isIn(after), await isIn(handedOut[1]!.value)]).toEqual([false, true]);
  // It is the same session, which its person sees once in the list.
  const sessions = await import("./me/sessions/route");
  expect((await call(sessions.GET, handedOut[1]!.value)).body).toMatchObject([{ current: true }]);
});

test("one's sessions are seen, and another than this is ended on a fresh proof only", async () => {
  const sessions = await import("./me/sessions/route");
  const one = await import("./me/sessions/[id]/route");
  const [row] = await database.asOwner<{ id: string }>("SELECT id FROM people WHERE email = 'vi@example.org'");
  const [here, elsewhere] = [await sessionOf(row!.id), await sessionOf(row!.id)];
  const listed = async (session: string): Promise<{ id: string; current: boolean }[]> =>
    (await call(sessions.GET, session)).body;
  const other = (await listed(elsewhere)).find(({ current }) => current)!.id;
  expect((await listed(here)).map(({ id }) => id)).toContain(other);
  await database.asOwner("UPDATE auth_sessions SET stepped_up_at = now() - interval '16 minutes'");
  const refused = { status: 403, body: { code: "step_up_required" } };
  expect(await call(one.DELETE, here, {}, { id: other })).toMatchObject(refused);
  expect(await call(sessions.DELETE, here, {})).toMatchObject(refused);
  expect(await listed(elsewhere)).not.toEqual([]);
  await database.asOwner("UPDATE auth_sessions SET stepped_up_at = now()");
  expect(await call(one.DELETE, here, {}, { id: other })).toMatchObject({ status: 204 });
  expect(await call(sessions.GET, elsewhere)).toMatchObject({ status: 401 });
  expect(await call(sessions.DELETE, here, {})).toMatchObject({ status: 200 });
  // The own one is ended as by signing out.
  await database.asOwner("UPDATE auth_sessions SET stepped_up_at = now() - interval '16 minutes'");
  const own = (await listed(here)).find(({ current }) => current)!.id;
  expect(await call(one.DELETE, here, {}, { id: own })).toMatchObject({ status: 204 });
});
