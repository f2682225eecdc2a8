import { randomUUID } from "node:crypto";
import { z } from "zod";
import { staleVersion } from "@/lib/audit";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type CommandOptions, command, type StreamDefinition } from "../command";
import type { TenantContext } from "../context";
import { query } from "../query";
import { SCIM, type ScimGroupInput, type ScimList, type ScimResource, scimGroupSchema } from "./contract";
import { parseScim, scimFailure } from "./failure";
import { compileFilter, simpleEquality } from "./filter";
import { pageOf } from "./page";
import { patched } from "./patch";
import { locationOf, metaOf } from "./user-resource";
import { followGroupsOf } from "./users";

const permission = "members:manage";
const ref = z.object({ id: z.uuid() });

type Group = { displayName: string; externalId: string | null; members: readonly string[] };
type GroupEvent =
  | { type: "GroupSet"; data: { displayName: string; externalId: string | null; added: string[]; removed: string[] } }
  | { type: "GroupRemoved"; data: { displayName: string } };

const stream: StreamDefinition<Group | null, GroupEvent, { id: string }> = {
  type: "scim-group",
  directory: true,
  id: ({ id }) => id,
  initial: null,
  evolve: (state, event) => {
    if (event.type === "GroupRemoved") return null;
    const { displayName, externalId, added, removed } = event.data;
    const gone = new Set(removed);
    return {
      displayName,
      externalId,
      members: [...(state?.members ?? []).filter((member) => !gone.has(member)), ...added],
    };
  },
  project: async (tx, { tenantId, streamId: id, state, version, now }) => {
    if (!state) {
      await tx.scimGroup.deleteMany({ where: { tenantId, id } });
      return;
    }
    const row = { ...state, members: [...state.members], version, updatedAt: now };
    await tx.scimGroup.upsert({
      where: { tenantId_id: { tenantId, id } },
      create: { tenantId, id, ...row, createdAt: now },
      update: row,
    });
  },
};

type Row = NonNullable<Awaited<ReturnType<Transaction["scimGroup"]["findUnique"]>>>;

function resourceOf(ctx: TenantContext, row: Row): ScimResource & { version: number } {
  return {
    schemas: [SCIM.group],
    id: row.id,
    displayName: row.displayName,
    ...(row.externalId === null ? {} : { externalId: row.externalId }),
    members: row.members.map((value) => ({ value, $ref: locationOf(ctx, "Users", value), type: "User" })),
    meta: metaOf("Group", row, locationOf(ctx, "Groups", row.id)),
    version: row.version,
  };
}

const gone = () => new AppError("not_found", "There is no such group.");

async function read(tx: Transaction, ctx: TenantContext, id: string) {
  const row = await tx.scimGroup.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } } });
  if (!row) throw gone();
  return resourceOf(ctx, row);
}

async function decide(directory: Transaction, before: Group | null, input: ScimGroupInput, id: string) {
  const { displayName, externalId } = input;
  const twin = await directory.scimGroup.findFirst({
    where: { displayName: { equals: displayName, mode: "insensitive" }, NOT: { id } },
  });
  if (twin) throw scimFailure("conflict", "uniqueness", "Another group has this displayName.");
  const members = [...new Set((input.members ?? []).map(({ value }) => value))];
  const known = new Set(before?.members);
  const added = members.filter((member) => !known.has(member));
  if (added.some((member) => !z.uuid().safeParse(member).success)) throw noSuchMember();
  if (added.length > 0 && (await directory.scimUser.count({ where: { id: { in: added } } })) < added.length) {
    throw noSuchMember();
  }
  const wanted = new Set(members);
  const removed = [...known].filter((member) => !wanted.has(member));
  const event: GroupEvent = { type: "GroupSet", data: { displayName, externalId: externalId ?? null, added, removed } };
  const same =
    before?.displayName === displayName &&
    before.externalId === (externalId ?? null) &&
    added.length + removed.length === 0;
  // By another name it may mean something else to all of them.
  const touched = before?.displayName === displayName ? [...added, ...removed] : [...new Set([...members, ...removed])];
  return { events: same ? [] : [event], touched };
}

function noSuchMember(): AppError {
  return scimFailure("invalid_input", "invalidValue", "A member of the group is no user of this directory.");
}

const create = command(
  {
    name: "scimCreateGroup",
    permission,
    feature: "provisioning",
    input: ref.extend({ input: z.custom<ScimGroupInput>() }),
    stream,
  },
  async (state, { id, input }, { directory, ctx }) => {
    const { events, touched } = await decide(directory, state, input, id);
    return { events, answer: async () => ({ group: await read(directory, ctx, id), touched }) };
  },
);

export async function createScimGroup(ctx: TenantContext, body: unknown): Promise<ScimResource> {
  const input = parseScim(scimGroupSchema, body);
  const { group, touched } = await create(ctx, { id: randomUUID(), input });
  await followGroupsOf(ctx, touched);
  return group;
}

type Next = (before: Record<string, unknown>) => unknown;

const change = command(
  {
    name: "scimChangeGroup",
    permission,
    feature: "provisioning",
    input: ref.extend({ next: z.custom<Next>(), expected: z.number().optional() }),
    stream,
  },
  async (state, { id, next, expected }, { directory, ctx, version }) => {
    if (!state) throw gone();
    if (expected !== undefined && expected !== version) throw staleVersion(version);
    // The row, not the stream: users who are gone left it.
    const row = await directory.scimGroup.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } } });
    const there = new Set(row?.members);
    const members = state.members.filter((member) => there.has(member));
    const { externalId, displayName } = state;
    const plain = {
      displayName,
      ...(externalId === null ? {} : { externalId }),
      members: members.map((value) => ({ value })),
    };
    const { events, touched } = await decide(directory, state, parseScim(scimGroupSchema, next(plain)), id);
    return { events, answer: async () => ({ group: await read(directory, ctx, id), touched }) };
  },
);

async function changed(ctx: TenantContext, id: string, next: Next, { expectedVersion }: CommandOptions) {
  if (!ref.safeParse({ id }).success) throw gone();
  const expected = expectedVersion === undefined ? {} : { expected: expectedVersion };
  const { group, touched } = await change(ctx, { id, next, ...expected });
  await followGroupsOf(ctx, touched);
  return group;
}

export function replaceScimGroup(ctx: TenantContext, id: string, body: unknown, options: CommandOptions = {}) {
  const input = parseScim(scimGroupSchema, body);
  return changed(ctx, id, () => input, options);
}

export function patchScimGroup(ctx: TenantContext, id: string, body: unknown, options: CommandOptions = {}) {
  return changed(ctx, id, (before) => patched(before, body), options);
}

const remove = command({ name: "scimDeleteGroup", permission, input: ref, stream, inAnyState: true }, (state) => {
  if (!state) throw gone();
  const event: GroupEvent = { type: "GroupRemoved", data: { displayName: state.displayName } };
  return { events: [event], result: state.members };
});

export async function deleteScimGroup(ctx: TenantContext, id: string): Promise<void> {
  if (!ref.safeParse({ id }).success) throw gone();
  await followGroupsOf(ctx, await remove(ctx, { id }));
}

const readOne = query({ name: "scimReadGroup", permission, directory: true, input: ref }, (tx, { id }, ctx) =>
  read(tx, ctx, id),
);

export async function readScimGroup(ctx: TenantContext, id: string): Promise<ScimResource> {
  if (!ref.safeParse({ id }).success) throw gone();
  return readOne(ctx, { id });
}

export const listScimGroups = query(
  { name: "scimListGroups", permission, directory: true, input: z.custom<ScimList>() },
  async (tx, asked, ctx) => {
    const { filter } = asked;
    const simple = filter === undefined ? null : simpleEquality(filter);
    const where =
      simple?.attribute === "displayname"
        ? { displayName: { equals: simple.value, mode: "insensitive" as const } }
        : {};
    const rows = await tx.scimGroup.findMany({ where, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
    const all = rows.map((row) => resourceOf(ctx, row));
    const found = filter === undefined ? all : all.filter(compileFilter(filter));
    const { skip, take } = pageOf(asked);
    return { total: found.length, resources: found.slice(skip, skip + take) };
  },
);
