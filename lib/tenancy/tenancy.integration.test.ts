import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { verifyLog } from "@/lib/audit";
import { withPlatform, withTenant } from "@/lib/database";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { flushSignInFailures } from "./audit/sign-in-failures";
import { readAudit, verifyTenantLog } from "./audit-page";
import { bootstrap } from "./bootstrap";
import { command } from "./command";
import { PLATFORM_LOG, systemContext, type TenantContext } from "./context";
import type { Role } from "./contract";
import { changeRole, inviteMember, listMembers, removeMember } from "./members";
import { tenantsOf } from "./memberships-of";
import { hashPassword } from "./password";
import { resetPassword, setPassword } from "./people";
import { endSession, listSessions, liveSession, openSession } from "./sessions";
import { signInWithLink, signInWithPassword } from "./sign-in";
import { allTenants, createTenant } from "./tenants";

let database: TestDatabase;
let adminId: string;
let demo: TenantContext;
let other: TenantContext;

const HERE = "203.0.113.9";
const device = (userAgent: string) => ({ userAgent, address: HERE });
const tokenOf = (link: string) => new URLSearchParams(new URL(link).hash.slice(1)).get("token") ?? "";
const as = (ctx: TenantContext, role: Role, id: string = randomUUID()): TenantContext => ({
  ...ctx,
  role,
  actor: { type: "person", id },
});

beforeAll(async () => {
  process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), "signalbox-tenancy-"));
  process.env.PUBLIC_URL = "http://127.0.0.1:3000";
  database = await startTestDatabase();
  const [first, again] = [await bootstrap(), await bootstrap()];
  expect(again.created).toBeNull();
  expect(await signInWithLink(tokenOf(first.link?.link ?? ""))).toBeNull();
  adminId = (await signInWithLink(tokenOf(again.link?.link ?? ""))) ?? "";
  await openSession(adminId, "link", device("vitest"));
  demo = as(await systemContext(first.created?.tenantId ?? ""), "admin", adminId);
  const { id } = await createTenant({ personId: adminId }, { slug: "other", name: "Other" });
  other = as(await systemContext(id), "admin", adminId);
});
afterAll(() => database.stop());

describe("bootstrap", () => {
  test("makes an operator who administers the demo tenant, once", async () => {
    expect(await bootstrap()).toEqual({ link: null, created: null });
    expect((await tenantsOf(adminId)).map(({ slug, role }) => [slug, role])).toEqual([
      ["demo", "admin"],
      ["other", "admin"],
    ]);
    expect(await allTenants()).toHaveLength(2);
  });

  test("refuses a second tenant of the same name and a reserved one", async () => {
    const make = (slug: string) => createTenant({ personId: adminId }, { slug, name: "x" });
    await expect(make("demo")).rejects.toMatchObject({ code: "conflict" });
    await expect(make("api")).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("members", () => {
  test("invite, sign in once by the link, change role, remove", async () => {
    const { member, link } = await inviteMember(demo, { email: "Ana@Example.org", name: "Ana", role: "viewer" });
    expect(member).toMatchObject({ email: "ana@example.org", status: "invited", source: "invitation" });
    const both = await Promise.all([signInWithLink(tokenOf(link)), signInWithLink(tokenOf(link))]);
    expect(both.filter(Boolean)).toEqual([member.id]);
    await openSession(member.id, "link", device("vitest"));
    expect(await changeRole(demo, { personId: member.id, role: "editor" })).toMatchObject({ role: "editor" });
    expect(await listMembers(demo, undefined)).toContainEqual(
      expect.objectContaining({ id: member.id, role: "editor", status: "active" }),
    );
    await removeMember(demo, { personId: member.id });
    expect(await tenantsOf(member.id)).toEqual([]);
    const again = await inviteMember(demo, { email: "ana@example.org", name: "Ana", role: "editor" });
    expect(again).toMatchObject({ expiresAt: null, link: "http://127.0.0.1:3000/demo" });
    expect(await tenantsOf(member.id)).toHaveLength(1);
  });

  test("a known person gets no link that would sign another tenant's admin in as them", async () => {
    const bo = { email: "bo@example.org", name: "Bo", role: "viewer" } as const;
    const { member } = await inviteMember(demo, bo);
    await expect(inviteMember(other, bo)).rejects.toMatchObject({ code: "conflict" });
    await openSession(member.id, "link", device("vitest"));
    const second = await inviteMember(other, { email: "BO@example.org", name: "Somebody", role: "admin" });
    expect(second).toMatchObject({ expiresAt: null, link: "http://127.0.0.1:3000/other" });
    expect(second.member).toMatchObject({ id: member.id, name: "Bo" });
  });

  test("who never came gets a new link when invited again; the old one ends", async () => {
    const lou = { email: "lou@example.org", name: "Lou", role: "viewer" } as const;
    const first = await inviteMember(demo, lou);
    await removeMember(demo, { personId: first.member.id });
    const second = await inviteMember(demo, lou);
    expect(await signInWithLink(tokenOf(first.link))).toBeNull();
    expect(await signInWithLink(tokenOf(second.link))).toBe(first.member.id);
  });

  test("two invite the same new person at once: one membership each, one person", async () => {
    const max = { email: "max@example.org", name: "Max", role: "viewer" } as const;
    const both = await Promise.allSettled([inviteMember(demo, max), inviteMember(demo, max)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find((one) => one.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
  });

  test("keeps the last admin who can sign in", async () => {
    await expect(removeMember(demo, { personId: adminId })).rejects.toMatchObject({ code: "in_use" });
    await expect(changeRole(demo, { personId: adminId, role: "viewer" })).rejects.toMatchObject({ code: "in_use" });
  });

  const verbs: [string, (ctx: TenantContext, personId: string) => Promise<unknown>][] = [
    ["inviteMember", (ctx) => inviteMember(ctx, { email: `${randomUUID()}@example.org`, name: "X", role: "viewer" })],
    ["changeRole", (ctx, personId) => changeRole(ctx, { personId, role: "admin" })],
    ["removeMember", (ctx, personId) => removeMember(ctx, { personId })],
  ];
  test.each(verbs)("%s refuses a viewer, and that is on the record", async (name, verb) => {
    const viewer = as(demo, "viewer");
    await expect(verb(viewer, adminId)).rejects.toMatchObject({ code: "forbidden" });
    await expect(verb(as(demo, "editor"), adminId)).rejects.toMatchObject({ code: "forbidden" });
    const { entries } = await readAudit(demo, {});
    const refusal = entries.find((entry) => entry.type === "Refused" && entry.actor === viewer.actor.id);
    expect(refusal?.data).toMatchObject({ role: "viewer", permission: "members:manage" });
    expect(name).toBeTruthy();
  });

  test.each(verbs.slice(1))("%s refuses another tenant", async (_name, verb) => {
    const { member } = await inviteMember(demo, { email: `${randomUUID()}@example.org`, name: "Y", role: "viewer" });
    await expect(verb(other, member.id)).rejects.toMatchObject({ code: "not_found" });
    expect((await listMembers(demo, undefined)).find(({ id }) => id === member.id)?.role).toBe("viewer");
  });

  test("listMembers and readAudit see their own tenant only; readAudit refuses a viewer", async () => {
    const theirs = await listMembers(other, undefined);
    expect(theirs.map(({ email }) => email)).not.toContain("ana@example.org");
    const log = await readAudit(other, {});
    expect(log.entries.every(({ streamType }) => streamType === "member")).toBe(true);
    expect(log.entries.at(-1)).toMatchObject({ position: 1, type: "MemberAdded", actorName: null });
    await expect(readAudit(as(demo, "viewer"), {})).rejects.toMatchObject({ code: "forbidden" });
    await expect(verifyTenantLog(as(demo, "editor"), undefined)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the wall", () => {
  test("the app's role sees no tenant's rows without a tenant, and one tenant's with one", async () => {
    for (const table of ["tenants", "memberships", "events", "event_heads", "data_keys", "secret_versions"]) {
      expect(await database.asApp(`SELECT * FROM ${table}`)).toEqual([]);
    }
    expect(await withTenant(demo.tenantId, (tx) => tx.tenant.findMany())).toHaveLength(1);
    await expect(
      withTenant(demo.tenantId, (tx) =>
        tx.membership.create({
          data: { tenantId: other.tenantId, personId: adminId, role: "admin", source: "oidc", joinedAt: new Date() },
        }),
      ),
    ).rejects.toThrow();
  });

  test("looks across tenants through named functions only, which nobody else may call", async () => {
    const open = await database.asOwner(
      "SELECT proname FROM pg_proc WHERE prosecdef AND has_function_privilege('public', oid, 'EXECUTE')",
    );
    expect(open).toEqual([]);
  });
});

describe("command", () => {
  type Counted = { type: "Counted"; data: { by: number } };
  const count = command(
    {
      name: "count",
      permission: "configuration:edit",
      input: z.object({ id: z.string(), by: z.number() }),
      stream: {
        type: "counter",
        id: ({ id }: { id: string }) => id,
        initial: 0,
        evolve: (state: number, event: Counted) => state + event.data.by,
        project: async () => undefined,
      },
    },
    (state, { by }, { version }) => {
      const events: Counted[] = by === 0 ? [] : [{ type: "Counted", data: { by } }];
      return { events, result: { before: state, version } };
    },
  );

  test("folds its stream, checks the expected version, and writes nothing for no events", async () => {
    const id = randomUUID();
    expect(await count(demo, { id, by: 2 })).toEqual({ before: 0, version: 0 });
    expect(await count(demo, { id, by: 0 })).toEqual({ before: 2, version: 1 });
    expect(await count(demo, { id, by: 3 }, { expectedVersion: 1 })).toEqual({ before: 2, version: 1 });
    await expect(count(demo, { id, by: 3 }, { expectedVersion: 1 })).rejects.toMatchObject({
      code: "stale_version",
      details: { version: 2 },
    });
    expect(await count(other, { id, by: 1 })).toEqual({ before: 0, version: 0 });
  });

  test("twenty at once: every one is counted, and the log has no gap", async () => {
    const id = randomUUID();
    await Promise.all(Array.from({ length: 20 }, () => count(demo, { id, by: 1 })));
    expect(await count(demo, { id, by: 0 })).toEqual({ before: 20, version: 20 });
    expect(await verifyTenantLog(demo, undefined)).toMatchObject({ problems: [] });
  });

  test("two with the same expected version: one wins", async () => {
    const id = randomUUID();
    const both = await Promise.allSettled([1, 2].map((by) => count(demo, { id, by }, { expectedVersion: 0 })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("names the field that is wrong", async () => {
    const wrong = { id: "a", by: "x" } as unknown as { id: string; by: number };
    await expect(count(demo, wrong)).rejects.toMatchObject({ code: "invalid_input", message: /^by: / });
  });
});

describe("signing in", () => {
  /** The first wait is two seconds; here, nine passwords may take longer than that. Only what waits, waits longer. */
  const slowMachine = () =>
    database.asOwner(
      "UPDATE sign_in_throttle SET blocked_until = blocked_until + interval '1 minute' WHERE blocked_until > last_at",
    );
  const password = "correct horse battery staple";

  test("password, sessions, ending them, and reset", async () => {
    const first = await liveSession(await openSession(adminId, "link", device("one")));
    const second = await openSession(adminId, "link", device("two"));
    await setPassword(first!, { password }, "request-1");
    expect(await liveSession(second)).toBeNull();
    const renewed = first!.renewed!;
    expect(await liveSession(renewed)).not.toBeNull();
    // However old an account and its password are.
    await database.asOwner("UPDATE people SET created_at = now() - interval '10 years' WHERE id = $1", [adminId]);
    expect(await signInWithPassword(" ADMIN@signalbox.example ", password, HERE)).toBe(adminId);
    const third = await openSession(adminId, "password", device("three"));
    expect((await listSessions(adminId, third.id)).find(({ current }) => current)).toMatchObject({
      userAgent: "three",
      address: HERE,
    });
    await expect(endSession(randomUUID(), third.id)).rejects.toMatchObject({ code: "not_found" });
    await endSession(adminId, third.id);
    expect(await liveSession(third)).toBeNull();
    const { link } = await resetPassword("admin@signalbox.example");
    expect(await liveSession(renewed)).toBeNull();
    expect(await signInWithPassword("admin@signalbox.example", password, HERE)).toBeNull();
    expect(await signInWithLink(tokenOf(link))).toBe(adminId);
    expect(await signInWithLink(tokenOf(link))).toBeNull();
  });

  test("no session replaces a password without the current one", async () => {
    const session = await liveSession(await openSession(adminId, "link", device("old")));
    await setPassword(session!, { password }, "request-1");
    const old = { ...session!, passwordHash: (await liveSession(session!.renewed!))!.passwordHash };
    const next = `${password}!`;
    await expect(setPassword(old, { password: next }, "r")).rejects.toMatchObject({ code: "forbidden" });
    await expect(setPassword(old, { password: next, current: "no" }, "r")).rejects.toMatchObject({ code: "forbidden" });
    await setPassword(old, { password: next, current: password }, "request-2");
    expect(await signInWithPassword("admin@signalbox.example", next, HERE)).toBe(adminId);
  });

  test("an expired, an idle and an invented session are none", async () => {
    const { id, key } = await openSession(adminId, "link", device("x"));
    expect(await liveSession({ id, key })).not.toBeNull();
    const other = await openSession(adminId, "link", device("y"));
    for (const wrong of ["", key.toLowerCase(), `${key}=`, other.key]) {
      expect(await liveSession({ id, key: wrong })).toBeNull();
    }
    for (const wrong of [randomUUID(), "' OR true", ""]) expect(await liveSession({ id: wrong, key })).toBeNull();
    const [kept] = await database.asOwner("SELECT * FROM auth_sessions WHERE id = $1", [id]);
    expect(JSON.stringify(kept)).not.toContain(key);
    await database.asOwner("UPDATE auth_sessions SET last_seen_at = now() - interval '13 hours' WHERE id = $1", [id]);
    expect(await liveSession({ id, key })).toBeNull();
    const third = await openSession(adminId, "link", device("z"));
    await database.asOwner("UPDATE auth_sessions SET expires_at = now() WHERE id = $1", [third.id]);
    expect(await liveSession(third)).toBeNull();
    await database.asOwner("UPDATE auth_sessions SET key_hash = NULL WHERE id = $1", [other.id]);
    expect(await liveSession(other)).toBeNull();
  });

  test("an expired link signs nobody in", async () => {
    const { link } = await resetPassword("admin@signalbox.example");
    await database.asOwner("UPDATE sign_in_links SET expires_at = now() - interval '1 second'");
    expect(await signInWithLink(tokenOf(link))).toBeNull();
  });

  test("guessing is slowed down, also in parallel, for known and unknown addresses alike", async () => {
    for (const email of ["bo@example.org", "nobody@example.org"]) {
      const guesses = await Promise.allSettled(
        Array.from({ length: 9 }, () => signInWithPassword(email, "guess", HERE)),
      );
      const refused = guesses.filter((guess) => guess.status === "rejected");
      expect(refused).toHaveLength(4);
      await slowMachine();
      await expect(signInWithPassword(email, "guess", HERE)).rejects.toMatchObject({ code: "rate_limited" });
    }
    // Whoever guesses shuts out themselves, not the owner of the account, who is elsewhere.
    expect(await signInWithPassword("bo@example.org", "guess", "198.51.100.1")).toBeNull();
    await flushSignInFailures();
    const failed = await database.asOwner<{ times: number }>(
      "SELECT coalesce((data->>'times')::int, 1) AS times FROM events WHERE type = 'SignInFailed' AND tenant_id = $1",
      [PLATFORM_LOG],
    );
    expect(failed.reduce((sum, { times }) => sum + times, 0)).toBeGreaterThanOrEqual(10);
    expect(await withTenant(PLATFORM_LOG, (tx) => verifyLog(tx, PLATFORM_LOG))).toMatchObject({ problems: [] });
  });

  test("a session that was stolen is no place to guess the password at", async () => {
    const session = (await liveSession(await openSession(adminId, "link", device("stolen"))))!;
    const passwordHash = session.passwordHash ?? (await hashPassword(password));
    const stolen = { ...session, passwordHash };
    const guess = () => setPassword(stolen, { password: `${password}?`, current: "guess" }, "r");
    for (let n = 0; n < 5; n++) await expect(guess()).rejects.toMatchObject({ code: "forbidden" });
    await slowMachine();
    await expect(guess()).rejects.toMatchObject({ code: "rate_limited" });
  });

  test("no password, token or address lies in clear in the log or the link table", async () => {
    const dump = await withPlatform((tx) => tx.$queryRaw<object[]>`SELECT hash FROM sign_in_links`);
    expect(dump.length).toBeGreaterThan(0);
    const [log] = await database.asOwner<{ text: string }>("SELECT string_agg(data::text, ' ') AS text FROM events");
    expect(log?.text).not.toMatch(/@|horse|guess/);
  });
});
