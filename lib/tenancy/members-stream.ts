import { Prisma } from "@/lib/database";
import type { StreamDefinition } from "./command";
import type { MemberDto, Role } from "./contract";
import type { Grants } from "./grants/contract";
import { membershipsOf } from "./memberships-of";
import { endLinks } from "./sign-in-link";
import { endAccess } from "./tokens/end-access";

export type Source = MemberDto["source"];
export type MemberEvent =
  | { type: "MemberAdded"; data: { role: Role; source: Source; grants?: Grants | null } }
  | { type: "MemberRoleChanged"; data: { before: Role; after: Role; source: Source } }
  | { type: "MemberGrantsSet"; data: { before: Grants | null; after: Grants | null } }
  | { type: "MemberReviewed"; data: { by: string; role: Role } }
  | { type: "InvitationSent"; data: { by: "link" | "mail"; until: string } }
  | { type: "DirectoryEntrySet"; data: { active: boolean } }
  | { type: "DirectoryEntryRemoved"; data: Record<never, never> }
  | { type: "MemberRemoved"; data: { role: Role } };

export type Membership = { role: Role; source: Source; grants: Grants | null } | null;

/** One stream per person of the tenant; its id is the person's. */
export const memberStream: StreamDefinition<Membership, MemberEvent, { personId: string }> = {
  type: "member",
  directory: true,
  quotas: async (before, after, { directory }) => {
    if (before || !after) return [];
    const members = await directory.membership.count();
    return [{ quota: "members", after: members + 1, before: () => members }];
  },
  id: ({ personId }) => personId,
  initial: null,
  evolve: (state, event) => {
    switch (event.type) {
      case "MemberRemoved":
        return null;
      case "MemberAdded":
        return { role: event.data.role, source: event.data.source, grants: event.data.grants ?? null };
      case "MemberRoleChanged":
        return state && { ...state, role: event.data.after, source: event.data.source };
      case "MemberGrantsSet":
        return state && { ...state, grants: event.data.after };
      default:
        return state;
    }
  },
  project: async (tx, { tenantId, streamId: personId, state, events, now }) => {
    const key = { tenantId_personId: { tenantId, personId } };
    if (!state) {
      await tx.membership.deleteMany({ where: { tenantId, personId } });
      await endAccess(tx, personId, now);
      // A link that was sent must not work any more; of somebody who is a member elsewhere it came from there.
      if ((await membershipsOf(tx, personId)).length === 0) await endLinks(tx, personId, now);
      return;
    }
    // Their row is the directory's alone: of somebody who was new when it was killed behind the log there is none.
    if ((await tx.person.count({ where: { id: personId } })) === 0) return;
    const review = events.findLast((event) => event.type === "MemberReviewed");
    const { role, source } = state;
    const update = { role, source, grants: state.grants ?? Prisma.DbNull };
    const reviewed = review ? { reviewedAt: now, reviewedBy: review.data.by } : {};
    const create = { tenantId, personId, ...update, joinedAt: now };
    await tx.membership.upsert({ where: key, create, update: { ...update, ...reviewed } });
  },
};
