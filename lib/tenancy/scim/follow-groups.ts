import type { Transaction } from "@/lib/database";
import type { Role } from "../contract";
import type { Grants } from "../grants/contract";
import { roleOfGroups } from "../groups/contract";
import { groupMapping } from "../groups/mapping";
import type { MemberEvent, Membership } from "../members-stream";

/** What the groups of a user come to; `null`: none of them means anything here. */
async function mappedRole(
  directory: Transaction,
  userId: string,
): Promise<{ role: Role; grants: Grants | null } | null> {
  const mapping = await groupMapping(directory);
  if (mapping.length === 0) return null;
  const groups = await directory.scimGroup.findMany({
    where: { members: { has: userId } },
    select: { displayName: true },
  });
  return roleOfGroups(
    mapping,
    groups.map(({ displayName }) => displayName),
  );
}

/**
 * The events that make a member what the directory says. A member that people invited keeps their role unless a group gives
 * one; whoever the directory brought is a viewer without one. The last admin who can come in stays one.
 */
export async function followGroups(
  directory: Transaction,
  state: Membership,
  { personId, userId }: { personId: string; userId: string },
): Promise<MemberEvent[]> {
  const mapped = await mappedRole(directory, userId);
  if (!state) {
    const { role, grants } = mapped ?? { role: "viewer" as const, grants: null };
    const limits = role === "admin" || !grants ? {} : { grants };
    return [{ type: "MemberAdded", data: { role, source: "scim", ...limits } }];
  }
  if (!mapped && state.source !== "scim") return [];
  const { role, grants } = mapped ?? { role: "viewer" as const, grants: null };
  if (state.role === "admin" && role !== "admin" && (await isLastAdmin(directory, personId))) return [];
  const limits = role === "admin" ? null : grants;
  const events: MemberEvent[] = [];
  if (state.role !== role || state.source !== "scim") {
    events.push({ type: "MemberRoleChanged", data: { before: state.role, after: role, source: "scim" } });
  }
  if (JSON.stringify(limits) !== JSON.stringify(state.grants)) {
    events.push({ type: "MemberGrantsSet", data: { before: state.grants, after: limits } });
  }
  return events;
}

export async function isLastAdmin(directory: Transaction, personId: string): Promise<boolean> {
  const active = { firstSignedInAt: { not: null } };
  return (await directory.membership.count({ where: { role: "admin", NOT: { personId }, person: active } })) === 0;
}
