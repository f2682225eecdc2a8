import { z } from "zod";
import { Prisma } from "@/lib/database";
import { command, type StreamDefinition } from "../command";
import type { TenantContext } from "../context";
import { query } from "../query";
import { followGroupsOf } from "../scim/users";
import { type GroupRole, type GroupRoles, groupRolesSchema } from "./contract";
import { groupMapping } from "./mapping";

type GroupRolesEvent = { type: "GroupRolesSet"; data: { groups: GroupRole[] } };

/** One stream for each tenant, with an id of its own among them. */
const stream: StreamDefinition<readonly GroupRole[], GroupRolesEvent, unknown> = {
  type: "group-roles",
  directory: true,
  id: () => "00000000-0000-0000-0000-000000000001",
  initial: [],
  evolve: (_state, { data }) => data.groups,
  project: async (tx, { tenantId, state }) => {
    await tx.groupRole.deleteMany({ where: { tenantId } });
    const data = state.map(({ name, role, grants }) => ({ tenantId, name, role, grants: grants ?? Prisma.DbNull }));
    await tx.groupRole.createMany({ data });
  },
};

const save = command(
  { name: "setGroupRoles", permission: "members:manage", input: groupRolesSchema, stream, stepUp: true },
  async (state, { groups }, { directory }) => {
    if (JSON.stringify(state) === JSON.stringify(groups)) return { events: [], result: [] };
    const users = await directory.scimGroup.findMany({ select: { members: true } });
    const event: GroupRolesEvent = { type: "GroupRolesSet", data: { groups } };
    return { events: [event], result: users.flatMap(({ members }) => members) };
  },
);

export const readGroupRoles = query(
  { name: "readGroupRoles", permission: "members:manage", directory: true, input: z.undefined() },
  async (tx) => {
    const groups = await tx.scimGroup.findMany({ select: { displayName: true }, orderBy: { displayName: "asc" } });
    return { groups: await groupMapping(tx), known: groups.map(({ displayName }) => displayName) };
  },
);

/** Members whom the directory tells of follow at once, the others when they sign in next. */
export async function setGroupRoles(ctx: TenantContext, input: GroupRoles) {
  await followGroupsOf(ctx, await save(ctx, input));
  return readGroupRoles(ctx, undefined);
}
