import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { staleVersion } from "@/lib/audit";
import { Prisma, type Transaction, withDirectory, withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type CommandOptions, type CommandTools, command } from "../command";
import type { TenantContext } from "../context";
import { type MemberEvent, type Membership, memberStream } from "../members-stream";
import { membershipsOf } from "../memberships-of";
import { query } from "../query";
import { type ScimList, type ScimResource, type ScimUserInput, scimUserSchema } from "./contract";
import { parseScim, scimFailure } from "./failure";
import { compileFilter, simpleEquality } from "./filter";
import { followGroups, isLastAdmin } from "./follow-groups";
import { pageOf } from "./page";
import { patched } from "./patch";
import { addressOf, attributesOf, type KnownGroups, nameOf, userResource } from "./user-resource";

const permission = "members:manage";
const ref = z.object({ personId: z.uuid(), userId: z.uuid() });
const given = ref.extend({ input: z.custom<ScimUserInput>() });

const gone = () => new AppError("not_found", "There is no such user.");

/** By id, as the memberships' streams are by person. */
async function personOf(ctx: TenantContext, userId: string): Promise<{ personId: string; userId: string }> {
  if (!z.uuid().safeParse(userId).success) throw gone();
  const row = await withDirectory(ctx.tenantId, (tx) => find(tx, ctx, userId));
  if (!row) throw gone();
  return { personId: row.personId, userId };
}

const find = (tx: Transaction, { tenantId }: TenantContext, id: string) =>
  tx.scimUser.findUnique({ where: { tenantId_id: { tenantId, id } } });

async function groupsOf(tx: Transaction, userIds: readonly string[]): Promise<Map<string, KnownGroups>> {
  const groups = await tx.scimGroup.findMany({
    where: { members: { hasSome: [...userIds] } },
    select: { id: true, displayName: true, members: true },
    orderBy: { displayName: "asc" },
  });
  return new Map(userIds.map((id) => [id, groups.filter(({ members }) => members.includes(id))]));
}

async function answer({ directory, ctx }: CommandTools, userId: string): Promise<ScimResource> {
  const row = await find(directory, ctx, userId);
  if (!row) throw gone();
  return userResource(ctx, row, (await groupsOf(directory, [userId])).get(userId) ?? []);
}

async function refuseTwin(tx: Transaction, { userName }: ScimUserInput, except?: string): Promise<void> {
  const twin = await tx.scimUser.findFirst({
    where: { userName: { equals: userName, mode: "insensitive" }, ...(except ? { NOT: { id: except } } : {}) },
  });
  if (twin) throw scimFailure("conflict", "uniqueness", "Another user has this userName.");
}

/** In whatever way they became a member. */
async function leave(directory: Transaction, state: Membership, personId: string): Promise<MemberEvent[]> {
  if (!state) return [];
  if (state.role === "admin" && (await isLastAdmin(directory, personId))) {
    throw new AppError("in_use", "This is the last admin who can sign in. Make somebody else an admin first.");
  }
  return [{ type: "MemberRemoved", data: { role: state.role } }];
}

const create = command(
  { name: "scimCreateUser", permission, feature: "provisioning", input: given, stream: memberStream },
  async (state, { personId, userId, input }, tools) => {
    const { directory, ctx, now } = tools;
    const { tenantId } = ctx;
    await refuseTwin(directory, input);
    if (await directory.scimUser.findFirst({ where: { personId } })) {
      throw scimFailure("conflict", "uniqueness", "Another user has this e-mail address.");
    }
    const active = input.active ?? true;
    const known = await directory.person.findUnique({ where: { id: personId } });
    if (!known) {
      await directory.person.create({
        data: { id: personId, email: addressOf(input), name: nameOf(input), createdAt: now },
      });
    }
    const row = {
      userName: input.userName,
      externalId: input.externalId ?? null,
      active,
      resource: attributesOf(input) as Prisma.InputJsonObject,
    };
    await directory.scimUser.create({
      data: { tenantId, id: userId, personId, ...row, version: 1, createdAt: now, updatedAt: now },
    });
    const member = active
      ? await followGroups(directory, state, { personId, userId })
      : await leave(directory, state, personId);
    const entry: MemberEvent = { type: "DirectoryEntrySet", data: { active } };
    return { events: [...member, entry], answer: () => answer(tools, userId) };
  },
);

/** A membership of this tenant. Somebody who is known here already stays who they are: name, address and password are theirs. */
export async function createScimUser(ctx: TenantContext, body: unknown): Promise<ScimResource> {
  const input = parseScim(scimUserSchema, body);
  const email = addressOf(input);
  const attempt = async () => {
    const known = await withPlatform((tx) => tx.person.findUnique({ where: { email }, select: { id: true } }));
    return create(ctx, { personId: known?.id ?? randomUUID(), userId: randomUUID(), input });
  };
  return attempt().catch((error: unknown) => {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") throw error;
    return attempt();
  });
}

const change = command(
  {
    name: "scimChangeUser",
    permission,
    input: ref.extend({ next: z.custom<(now: Record<string, unknown>) => unknown>(), expected: z.number().optional() }),
    stream: memberStream,
    // Whoever left must be out, whatever became of the tenant.
    inAnyState: true,
  },
  async (state, { personId, userId, next, expected }, tools) => {
    const { directory, ctx, now } = tools;
    const row = await find(directory, ctx, userId);
    if (!row) throw gone();
    if (expected !== undefined && expected !== row.version) throw staleVersion(row.version);
    const before = { ...(Object(row.resource) as object), userName: row.userName, active: row.active };
    const input = parseScim(scimUserSchema, next(before));
    await refuseTwin(directory, input, userId);
    addressOf(input);
    const active = input.active ?? row.active;
    const resource = attributesOf(input) as Prisma.InputJsonObject;
    const same = active === row.active && isDeepStrictEqual(resource, row.resource);
    if (!same) {
      const data = { userName: input.userName, externalId: input.externalId ?? null, active, resource, updatedAt: now };
      const where = { tenantId_id: { tenantId: ctx.tenantId, id: userId } };
      await directory.scimUser.update({ where, data: { ...data, version: row.version + 1 } });
      await rename(directory, ctx, personId, nameOf(input));
    }
    const events: MemberEvent[] = active
      ? state
        ? []
        : await followGroups(directory, state, { personId, userId })
      : await leave(directory, state, personId);
    const entry: MemberEvent[] = same ? [] : [{ type: "DirectoryEntrySet", data: { active } }];
    return { events: [...events, ...entry], answer: () => answer(tools, userId) };
  },
);

/** Only who belongs to nobody else is called as this directory says. */
async function rename(directory: Transaction, { tenantId }: TenantContext, personId: string, name: string) {
  const person = await directory.person.findUnique({ where: { id: personId }, select: { isOperator: true } });
  const elsewhere = (await membershipsOf(directory, personId)).some(({ id }) => id !== tenantId);
  if (person?.isOperator || elsewhere) return;
  await directory.person.update({ where: { id: personId }, data: { name } });
}

export async function replaceScimUser(ctx: TenantContext, id: string, body: unknown, options: CommandOptions = {}) {
  const input = parseScim(scimUserSchema, body);
  return change(ctx, { ...(await personOf(ctx, id)), next: () => input, ...expectation(options) });
}

export async function patchScimUser(ctx: TenantContext, id: string, body: unknown, options: CommandOptions = {}) {
  const next = (before: Record<string, unknown>) => patched(before, body);
  return change(ctx, { ...(await personOf(ctx, id)), next, ...expectation(options) });
}

function expectation({ expectedVersion }: CommandOptions) {
  return expectedVersion === undefined ? {} : { expected: expectedVersion };
}

const remove = command(
  { name: "scimDeleteUser", permission, input: ref, stream: memberStream, inAnyState: true },
  async (state, { personId, userId }, { directory, ctx: { tenantId } }) => {
    const events = await leave(directory, state, personId);
    const { count } = await directory.scimUser.deleteMany({ where: { tenantId, id: userId } });
    if (count === 0) throw gone();
    const groups = await directory.scimGroup.findMany({ where: { members: { has: userId } } });
    for (const { id, members } of groups) {
      await directory.scimGroup.update({
        where: { tenantId_id: { tenantId, id } },
        data: { members: members.filter((member) => member !== userId) },
      });
    }
    const entry: MemberEvent = { type: "DirectoryEntryRemoved", data: {} };
    return { events: [...events, entry], result: undefined };
  },
);

export async function deleteScimUser(ctx: TenantContext, id: string): Promise<void> {
  await remove(ctx, await personOf(ctx, id));
}

const readOne = query(
  { name: "scimReadUser", permission, directory: true, input: z.object({ id: z.uuid() }) },
  async (tx, { id }, ctx) => {
    const row = await find(tx, ctx, id);
    if (!row) throw gone();
    return userResource(ctx, row, (await groupsOf(tx, [id])).get(id) ?? []);
  },
);

export async function readScimUser(ctx: TenantContext, id: string): Promise<ScimResource> {
  if (!z.uuid().safeParse(id).success) throw gone();
  return readOne(ctx, { id });
}

const list = query(
  { name: "scimListUsers", permission, directory: true, input: z.custom<ScimList>() },
  async (tx, asked, ctx) => {
    const { filter } = asked;
    const simple = filter === undefined ? null : simpleEquality(filter);
    const orderBy = [{ createdAt: "asc" as const }, { id: "asc" as const }];
    const where: Prisma.ScimUserWhereInput =
      simple?.attribute === "username"
        ? { userName: { equals: simple.value, mode: "insensitive" } }
        : simple?.attribute === "externalid"
          ? { externalId: simple.value }
          : {};
    const indexed = filter === undefined || Object.keys(where).length > 0;
    const paged = indexed ? pageOf(asked) : null;
    const rows = await tx.scimUser.findMany({
      where,
      orderBy,
      ...(paged ? { skip: paged.skip, take: paged.take } : {}),
    });
    const groups = await groupsOf(
      tx,
      rows.map(({ id }) => id),
    );
    const all = rows.map((row) => userResource(ctx, row, groups.get(row.id) ?? []));
    if (paged) return { total: await tx.scimUser.count({ where }), resources: all };
    const found = all.filter(compileFilter(filter ?? ""));
    const { skip, take } = pageOf(asked);
    return { total: found.length, resources: found.slice(skip, skip + take) };
  },
);

export function listScimUsers(ctx: TenantContext, asked: ScimList) {
  return list(ctx, asked);
}

const follow = command(
  { name: "scimFollowGroups", permission, input: ref, stream: memberStream },
  async (state, { personId, userId }, { directory, ctx }) => {
    const row = await find(directory, ctx, userId);
    const events = row?.active ? await followGroups(directory, state, { personId, userId }) : [];
    return { events, result: undefined };
  },
);

/** After their groups, or what these mean, changed. */
export async function followGroupsOf(ctx: TenantContext, userIds: Iterable<string>): Promise<void> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return;
  const rows = await withDirectory(ctx.tenantId, (tx) =>
    tx.scimUser.findMany({ where: { id: { in: ids } }, select: { id: true, personId: true } }),
  );
  for (const { id, personId } of rows) await follow(ctx, { personId, userId: id });
}
