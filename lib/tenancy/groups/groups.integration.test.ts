import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withTenant } from "@/lib/database";
import { inviteMember, listMembers, setGroupRoles, type TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { grantMembership } from "../members";
import { listAccess } from "../members-access";
import { noteMemberUse } from "../members-use";
import { judgeClaims } from "../sign-in/people";

let database: TestDatabase;
let ctx: TenantContext;
const limits = { receivers: ["team-db/*"], routes: [], parts: [] };
const roleMap = { claim: "groups", map: { ops: "approver" as const }, otherwise: null };

beforeAll(async () => {
  process.env.PUBLIC_URL = "http://127.0.0.1:3000";
  database = await startTestDatabase();
  ctx = await database.addTenant("admin");
  await database.asOwner(
    `INSERT INTO sign_in_domains (tenant_id, domain, token, verified_at, verified_by, created_at)
     VALUES ($1, 'a.example', 't', now(), 'operator', now())`,
    [ctx.tenantId],
  );
});
afterAll(() => database.stop());

function judge(groups: unknown, email = "jo@a.example") {
  const claims = { sub: email, email, email_verified: true, groups };
  const settings = { tenantId: ctx.tenantId, slug: ctx.tenantSlug, issuer: "https://idp.example", roleMap };
  return withTenant(ctx.tenantId, (tx) => judgeClaims(tx, settings, claims));
}

it("groups of a sign-in service give role and limits, before what the service's own settings say", async () => {
  expect(await judge(["ops"])).toMatchObject({ role: "approver", problem: null });
  expect(await judge("db")).toMatchObject({ role: null, problem: "no_role" });
  await setGroupRoles(ctx, { groups: [{ name: "DB", role: "editor", grants: limits }] });
  expect(await judge(["ops", "db"])).toMatchObject({ role: "editor", grants: limits, problem: null });
  expect(await judge("ops")).not.toHaveProperty("grants");
  const viewer = { ...ctx, role: "viewer" as const };
  await expect(setGroupRoles(viewer, { groups: [] })).rejects.toMatchObject({ code: "forbidden" });
});

it("whoever the directory let go comes back by no other way", async () => {
  const { member } = await inviteMember(ctx, { email: "jo@a.example", name: "Jo", role: "viewer" });
  const personId = member.id;
  await database.asOwner("DELETE FROM memberships WHERE person_id = $1", [personId]);
  await database.asOwner(
    `INSERT INTO scim_users (tenant_id, id, person_id, user_name, active, resource, version, created_at, updated_at)
     VALUES ($1, $2, $3, 'jo', false, '{}', 1, now(), now())`,
    [ctx.tenantId, randomUUID(), personId],
  );
  await grantMembership(ctx, { personId, role: "admin", source: "oidc" });
  expect(await listMembers(ctx, undefined)).toEqual([]);
});

it("says who can do what, and when they did last, to the hour", async () => {
  const { member } = await inviteMember(ctx, { email: "kim@a.example", name: "Kim", role: "editor", grants: limits });
  const now = Date.now() - 5 * 3_600_000;
  const seen = async () => (await listAccess(ctx, undefined)).people.find(({ id }) => id === member.id);
  expect(await seen()).toMatchObject({
    role: "editor",
    grants: limits,
    lastUsedAt: null,
    reviewedAt: null,
    tokens: [],
  });
  await noteMemberUse(ctx.tenantId, member.id, now);
  await noteMemberUse(ctx.tenantId, member.id, now + 60_000);
  expect((await seen())?.lastUsedAt).toBe(new Date(now).toISOString());
  await noteMemberUse(ctx.tenantId, member.id, now + 3_700_000);
  expect((await seen())?.lastUsedAt).toBe(new Date(now + 3_700_000).toISOString());
  const other = await database.addTenant("admin");
  expect(await listAccess(other, undefined)).toEqual({ people: [], services: [] });
  await expect(listAccess({ ...ctx, role: "editor" }, undefined)).rejects.toMatchObject({ code: "forbidden" });
});
