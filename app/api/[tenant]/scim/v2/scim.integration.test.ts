import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  changeRole,
  createApiToken,
  createTenant,
  inviteMember,
  listMembers,
  readAudit,
  setGroupRoles,
  systemContext,
  type TenantContext,
} from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { signedIn } from "@/lib/testing/session";

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
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-scim-"));
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
let database: TestDatabase;
let demo: TenantContext;
let other: TenantContext;
let token: string;
let otherToken: string;
let operatorId: string;

async function tokenFor(ctx: TenantContext, scope: "scim" | "members:view" = "scim") {
  return (await createApiToken(ctx, { name: scope, scopes: [scope], days: 30, service: true })).secret;
}

beforeAll(async () => {
  const settings = { DATA_DIR: folder, NEXTAUTH_URL: "http://127.0.0.1:3000", NEXTAUTH_SECRET, LOG_LEVEL: "silent" };
  Object.assign(process.env, settings);
  database = await startTestDatabase();
  operatorId = randomUUID();
  await database.asOwner(
    "INSERT INTO people (id, email, name, is_operator, first_signed_in_at) VALUES ($1, 'op@example.org', 'Op', true, now())",
    [operatorId],
  );
  const make = async (slug: string): Promise<TenantContext> => {
    const { id } = await createTenant({ personId: operatorId }, { slug, name: slug });
    return { ...(await systemContext(id)), actor: { type: "person", id: operatorId } };
  };
  [demo, other] = [await make("demo"), await make("other")];
  [token, otherToken] = [await tokenFor(demo), await tokenFor(other)];
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response>;
interface Asked {
  id?: string;
  body?: unknown;
  search?: string;
  as?: string | null;
  tenant?: string;
  headers?: Record<string, string>;
}

async function ask(
  method: string,
  what: string,
  { id, body, search = "", as = token, tenant = "demo", headers }: Asked = {},
) {
  const file = id === undefined ? `./${what}/route` : `./${what}/[id]/route`;
  const handlers = (await import(file)) as Record<string, Handler>;
  const request = new Request(`http://127.0.0.1:3000/api/${tenant}/scim/v2/${what}${search}`, {
    method,
    headers: {
      ...(as === null ? {} : { authorization: `Bearer ${as}` }),
      "content-type": "application/scim+json",
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const params = { tenant, ...(id === undefined ? {} : { id }) };
  const response = await handlers[method]!(request, { params: Promise.resolve(params as never) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
}
const patch = (...Operations: object[]) => ({ schemas: [PATCH_OP], Operations });
const filtered = (filter: string) => `?filter=${encodeURIComponent(filter)}`;
const user = (name: string, more: object = {}) => ({
  schemas: [USER],
  userName: `${name}@a.example`,
  externalId: `ext-${name}`,
  name: { givenName: name, familyName: "Doe" },
  emails: [{ value: `${name}@a.example`, type: "work", primary: true }],
  ...more,
});
const members = async (ctx = demo) =>
  Object.fromEntries((await listMembers(ctx, undefined)).map((one) => [one.email, one]));

const sessionOf = (personId: string) => signedIn(database, personId, NEXTAUTH_SECRET);

async function visit(session: string, tenant: string): Promise<number> {
  const { GET } = await import("../../members/route");
  const request = new Request(`http://127.0.0.1:3000/api/${tenant}/members`);
  const params = Promise.resolve({ tenant });
  return asking.run(new Headers({ session }), async () => (await GET(request, { params })).status);
}

test("tells what it can do", async () => {
  const config = await ask("GET", "ServiceProviderConfig");
  expect(config).toMatchObject({ status: 200, body: { patch: { supported: true }, etag: { supported: true } } });
  expect(config.headers.get("content-type")).toBe("application/scim+json");
  expect((await ask("GET", "ResourceTypes")).body).toMatchObject({ totalResults: 2, Resources: [{ id: "User" }, {}] });
  expect((await ask("GET", "Schemas", { id: USER })).body).toMatchObject({ id: USER, name: "User" });
  expect(await ask("GET", "Schemas", { id: "urn:none" })).toMatchObject({ status: 404 });
});

test("wants a token of this tenant with the scope scim", async () => {
  const none = await ask("GET", "Users", { as: null });
  expect(none).toMatchObject({ status: 401, body: { status: "401" } });
  expect(none.body.schemas).toEqual(["urn:ietf:params:scim:api:messages:2.0:Error"]);
  expect(none.headers.get("www-authenticate")).toMatch(/^Bearer/);
  expect(await ask("GET", "Users", { as: "sbx_nonsense" })).toMatchObject({ status: 401 });
  expect(await ask("GET", "Users", { as: otherToken })).toMatchObject({ status: 404 });
  expect(await ask("GET", "Users", { as: await tokenFor(demo, "members:view") })).toMatchObject({ status: 403 });
});

test("a user is made, read, found, replaced, patched and deleted", async () => {
  const made = await ask("POST", "Users", { body: user("ada", { password: "never kept", active: true }) });
  expect(made).toMatchObject({ status: 201, body: { userName: "ada@a.example", active: true, externalId: "ext-ada" } });
  expect(made.body).not.toHaveProperty("password");
  const { id } = made.body;
  expect(made.headers.get("location")).toBe(`http://127.0.0.1:3000/api/demo/scim/v2/Users/${id}`);
  expect(made.headers.get("etag")).toBe('W/"1"');
  expect(made.body.meta).toMatchObject({ resourceType: "User", version: 'W/"1"' });
  expect((await members())["ada@a.example"]).toMatchObject({ role: "viewer", source: "scim", name: "ada Doe" });
  expect(await ask("POST", "Users", { body: user("ADA") })).toMatchObject({
    status: 409,
    body: { scimType: "uniqueness" },
  });
  const one = { id };
  expect(await ask("GET", "Users", { ...one, headers: { "if-none-match": 'W/"1"' } })).toMatchObject({ status: 304 });
  for (const filter of [
    'userName eq "Ada@A.example"',
    'externalId eq "ext-ada"',
    'emails[value sw "ada"] and active eq true',
  ]) {
    expect((await ask("GET", "Users", { search: filtered(filter) })).body).toMatchObject({
      totalResults: 1,
      Resources: [{ id }],
    });
  }
  expect((await ask("GET", "Users", { search: filtered("title eq") })).body).toMatchObject({
    scimType: "invalidFilter",
  });
  const replaced = await ask("PUT", "Users", {
    ...one,
    body: user("ada", { displayName: "Ada L." }),
    headers: { "if-match": 'W/"1"' },
  });
  expect(replaced).toMatchObject({ status: 200, body: { displayName: "Ada L.", meta: { version: 'W/"2"' } } });
  expect(await ask("PUT", "Users", { ...one, body: user("ada"), headers: { "if-match": 'W/"1"' } })).toMatchObject({
    status: 412,
  });
  const title = await ask("PATCH", "Users", { ...one, body: patch({ op: "add", path: "title", value: "DBA" }) });
  expect(title).toMatchObject({ status: 200, body: { title: "DBA", displayName: "Ada L.", active: true } });
  const again = await ask("PATCH", "Users", { ...one, body: patch({ op: "replace", path: "title", value: "DBA" }) });
  expect(again.body.meta.version).toBe(title.body.meta.version);
  expect((await ask("GET", "Users", { ...one, search: "?attributes=userName" })).body).toEqual({
    schemas: [USER],
    id,
    userName: "ada@a.example",
  });
  expect(await ask("DELETE", "Users", one)).toMatchObject({ status: 204 });
  expect(await ask("GET", "Users", one)).toMatchObject({ status: 404, body: { status: "404" } });
  expect(await members()).not.toHaveProperty("ada@a.example");
  expect(await ask("POST", "Users", { body: { schemas: [USER], userName: "no address" } })).toMatchObject({
    status: 400,
    body: { scimType: "invalidValue" },
  });
});

test("pages are counted from one", async () => {
  for (const name of ["p1", "p2", "p3"]) await ask("POST", "Users", { body: user(name) });
  const page = async (search: string) => (await ask("GET", "Users", { search })).body;
  expect(await page("?startIndex=2&count=1")).toMatchObject({
    totalResults: 3,
    startIndex: 2,
    itemsPerPage: 1,
    Resources: [{ externalId: "ext-p2" }],
  });
  expect(await page("?startIndex=-5&count=2")).toMatchObject({ startIndex: 1, itemsPerPage: 2 });
  expect(await page("?count=0")).toMatchObject({ totalResults: 3, Resources: [] });
  expect(await page(`${filtered('externalId sw "ext-p"')}&startIndex=3&count=5`)).toMatchObject({
    totalResults: 3,
    itemsPerPage: 1,
  });
});

test("who is deactivated is out at the next request; who is back is a member again", async () => {
  const { body } = await ask("POST", "Users", { body: user("lea") });
  const lea = (await members())["lea@a.example"]!;
  const session = await sessionOf(lea.id);
  expect(await visit(session, "demo")).toBe(200);
  const off = await ask("PATCH", "Users", {
    id: body.id,
    body: patch({ op: "Replace", path: "active", value: "False" }),
  });
  expect(off).toMatchObject({ status: 200, body: { active: false } });
  expect(await visit(session, "demo")).toBe(401);
  expect(await members()).not.toHaveProperty("lea@a.example");
  const on = await ask("PATCH", "Users", { id: body.id, body: patch({ op: "replace", value: { active: true } }) });
  expect(on.body.active).toBe(true);
  expect(await visit(session, "demo")).toBe(401);
  expect(await visit(await sessionOf(lea.id), "demo")).toBe(200);
});

test("somebody of another tenant stays who they are, and nothing of them shows", async () => {
  const { member } = await inviteMember(other, { email: "max@a.example", name: "Max of other", role: "editor" });
  await database.asOwner("UPDATE people SET first_signed_in_at = now() WHERE id = $1", [member.id]);
  const session = await sessionOf(member.id);
  const made = await ask("POST", "Users", { body: user("max", { displayName: "Somebody else" }) });
  expect(made).toMatchObject({ status: 201, body: { displayName: "Somebody else", groups: [] } });
  expect(JSON.stringify(made.body)).not.toContain("Max of other");
  const { id } = made.body;
  await ask("PUT", "Users", {
    id,
    body: user("max", { displayName: "Renamed", emails: [{ value: "evil@a.example" }] }),
  });
  const [person] = await database.asOwner("SELECT name, email FROM people WHERE id = $1", [member.id]);
  expect(person).toEqual({ name: "Max of other", email: "max@a.example" });
  expect(await ask("GET", "Users", { id, as: otherToken, tenant: "other" })).toMatchObject({ status: 404 });
  expect((await ask("GET", "Users", { as: otherToken, tenant: "other" })).body.totalResults).toBe(0);
  await ask("PATCH", "Users", { id, body: patch({ op: "replace", path: "active", value: false }) });
  expect(await visit(session, "demo")).toBe(404);
  expect(await visit(session, "other")).toBe(200);
});

test("groups give roles and limits; what they mean may change", async () => {
  const limits = { receivers: ["team-db/*"], routes: [], parts: [] };
  await setGroupRoles(demo, {
    groups: [
      { name: "db", role: "editor", grants: limits },
      { name: "leads", role: "approver", grants: null },
    ],
  });
  const eve = (await ask("POST", "Users", { body: user("eve") })).body.id;
  const now = async () => (await members())["eve@a.example"];
  const made = await ask("POST", "Groups", {
    body: { schemas: [GROUP], displayName: "db", members: [{ value: eve }] },
  });
  expect(made).toMatchObject({ status: 201, body: { displayName: "db", members: [{ value: eve }] } });
  expect(await now()).toMatchObject({ role: "editor", grants: limits });
  expect((await ask("GET", "Users", { id: eve })).body.groups).toMatchObject([{ display: "db", value: made.body.id }]);
  const leads = (await ask("POST", "Groups", { body: { schemas: [GROUP], displayName: "Leads" } })).body.id;
  await ask("PATCH", "Groups", { id: leads, body: patch({ op: "Add", path: "members", value: [{ value: eve }] }) });
  expect(await now()).toMatchObject({ role: "approver", grants: null });
  const without = patch({ op: "Remove", path: "members", value: [{ value: eve }] });
  expect((await ask("PATCH", "Groups", { id: leads, body: without })).body.members).toEqual([]);
  expect(await now()).toMatchObject({ role: "editor", grants: limits });
  expect(
    (await ask("GET", "Groups", { search: `${filtered('displayName eq "DB"')}&excludedAttributes=members` })).body
      .Resources,
  ).toEqual([expect.not.objectContaining({ members: expect.anything() })]);
  const stranger = { op: "add", path: "members", value: [{ value: randomUUID() }] };
  expect(await ask("PATCH", "Groups", { id: leads, body: patch(stranger) })).toMatchObject({ status: 400 });
  const foreign = await ask("PATCH", "Groups", { id: leads, body: patch(stranger), as: otherToken, tenant: "other" });
  expect(foreign).toMatchObject({ status: 404 });
  await setGroupRoles(demo, { groups: [{ name: "db", role: "viewer", grants: null }] });
  expect(await now()).toMatchObject({ role: "viewer", grants: null });
  await ask("PUT", "Groups", { id: made.body.id, body: { displayName: "databases", members: [{ value: eve }] } });
  expect(await ask("DELETE", "Groups", { id: made.body.id })).toMatchObject({ status: 204 });
  expect(await ask("DELETE", "Groups", { id: made.body.id })).toMatchObject({ status: 404 });
});

test("the last admin stays; what people gave stays where no group says otherwise; the log holds no names", async () => {
  const op = user("op", { userName: "op@example.org", emails: [{ value: "op@example.org", primary: true }] });
  const { body } = await ask("POST", "Users", { body: op });
  expect((await members())["op@example.org"]).toMatchObject({ role: "admin", source: "bootstrap", name: "Op" });
  const off = await ask("PATCH", "Users", {
    id: body.id,
    body: patch({ op: "replace", path: "active", value: false }),
  });
  expect(off).toMatchObject({ status: 409 });
  expect((await ask("GET", "Users", { id: body.id })).body.active).toBe(true);
  await changeRole(demo, { personId: operatorId, role: "admin" });
  const log = JSON.stringify(await readAudit(demo, {}));
  expect(log).toContain("DirectoryEntrySet");
  expect(log).not.toContain("a.example");
});
