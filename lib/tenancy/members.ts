import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Prisma, type Transaction, withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { command, type StreamDefinition } from "./command";
import type { TenantContext } from "./context";
import { changeRoleInputSchema, inviteMemberInputSchema, type MemberDto, type Role, roleSchema } from "./contract";
import { membershipsOf } from "./memberships-of";
import { query } from "./query";
import { issueLink, publicUrl } from "./sign-in-link";
import { endAccess } from "./tokens/end-access";

type Source = MemberDto["source"];
export type MemberEvent =
  | { type: "MemberAdded"; data: { role: Role; source: Source } }
  | { type: "MemberRoleChanged"; data: { before: Role; after: Role; source: Source } }
  | { type: "MemberRemoved"; data: { role: Role } };

type Membership = { role: Role; source: Source } | null;

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
    if (event.type === "MemberRemoved") return null;
    if (event.type === "MemberAdded") return event.data;
    return state && { role: event.data.after, source: event.data.source };
  },
  project: async (tx, { tenantId, streamId: personId, state, now }) => {
    const key = { tenantId_personId: { tenantId, personId } };
    if (!state) {
      await tx.membership.deleteMany({ where: { tenantId, personId } });
      await endAccess(tx, personId, now);
    } else {
      const create = { tenantId, personId, ...state, joinedAt: now };
      await tx.membership.upsert({ where: key, create, update: state });
    }
  },
};

const WITH_PERSON = { person: { select: { id: true, name: true, email: true, firstSignedInAt: true } } } as const;
type Person = { id: string; name: string; email: string; firstSignedInAt: Date | null };

function dto(person: Person, membership: { role: string; source: string; joinedAt: Date }): MemberDto {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    role: roleSchema.parse(membership.role),
    source: membership.source as Source,
    status: person.firstSignedInAt ? "active" : "invited",
    joinedAt: membership.joinedAt.toISOString(),
  };
}

/** Somebody who never signed in cannot manage anything, so they do not count. */
async function keepAnAdmin(tx: Transaction, personId: string): Promise<void> {
  const others = await tx.membership.count({
    where: { role: "admin", NOT: { personId }, person: { firstSignedInAt: { not: null } } },
  });
  if (others === 0) throw new AppError("in_use", "This is the last admin. Make somebody else an admin first.");
}

export const listMembers = query(
  { name: "listMembers", permission: "members:view", directory: true, input: z.undefined() },
  async (tx): Promise<MemberDto[]> => {
    const rows = await tx.membership.findMany({
      include: WITH_PERSON,
      orderBy: [{ joinedAt: "asc" }, { personId: "asc" }],
    });
    return rows.map((row) => dto(row.person, row));
  },
);

const addMemberSchema = inviteMemberInputSchema.extend({ personId: z.uuid() });

const addMember = command(
  { name: "addMember", permission: "members:manage", input: addMemberSchema, stream: memberStream },
  async (state, { personId, email, name, role }, { directory: tx, now, ctx }) => {
    if (state) throw new AppError("conflict", "This person is a member already.");
    const known = await tx.person.findUnique({ where: { id: personId } });
    const person = known ?? (await tx.person.create({ data: { id: personId, email, name, createdAt: now } }));
    const event: MemberEvent = { type: "MemberAdded", data: { role, source: "invitation" } };
    const member = dto(person, { role, source: "invitation", joinedAt: now });
    // A link signs in as the person, in every tenant of theirs: an admin here gets one only for somebody who is nobody's yet.
    const elsewhere = known?.isOperator || (await membershipsOf(tx, personId)).length > 0;
    if (elsewhere && !person.firstSignedInAt) {
      throw new AppError("conflict", "This person was invited elsewhere. Add them once they have signed in there.");
    }
    const oneTime = person.firstSignedInAt ? null : await issueLink(tx, personId, "invitation");
    const link = oneTime?.link ?? publicUrl(`/${ctx.tenantSlug}`);
    return { events: [event], result: { member, link, expiresAt: oneTime?.expiresAt.toISOString() ?? null } };
  },
);

/** Makes a person a member; somebody new also gets a one-time link, which only this answer holds. */
export async function inviteMember(ctx: TenantContext, input: z.input<typeof inviteMemberInputSchema>) {
  const email = String(input?.email ?? "")
    .trim()
    .toLowerCase();
  const invite = async () => {
    const known = await withPlatform((tx) => tx.person.findUnique({ where: { email }, select: { id: true } }));
    return addMember(ctx, { ...input, email, personId: known?.id ?? randomUUID() });
  };
  try {
    return await invite();
  } catch (error) {
    // Somebody invited the same new person in the same moment; now they are known.
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") throw error;
    return invite();
  }
}

export const changeRole = command(
  {
    name: "changeRole",
    permission: "members:manage",
    input: changeRoleInputSchema.extend({ personId: z.uuid() }),
    stream: memberStream,
  },
  async (state, { personId, role }, { directory: tx, ctx }) => {
    if (!state) throw new AppError("not_found", "There is no such member.");
    if (state.role === "admin" && role !== "admin") await keepAnAdmin(tx, personId);
    const { tenantId } = ctx;
    const row = await tx.membership.findUniqueOrThrow({
      where: { tenantId_personId: { tenantId, personId } },
      include: WITH_PERSON,
    });
    const data = { before: state.role, after: role, source: state.source };
    const events: MemberEvent[] = state.role === role ? [] : [{ type: "MemberRoleChanged", data }];
    return { events, result: dto(row.person, { ...row, role }) };
  },
);

export const removeMember = command(
  {
    name: "removeMember",
    permission: "members:manage",
    input: z.object({ personId: z.uuid() }),
    stream: memberStream,
    // Rights are taken away at any time.
    inAnyState: true,
  },
  async (state, { personId }, { directory: tx }) => {
    if (!state) throw new AppError("not_found", "There is no such member.");
    if (state.role === "admin") await keepAnAdmin(tx, personId);
    const event: MemberEvent = { type: "MemberRemoved", data: { role: state.role } };
    return { events: [event], result: undefined };
  },
);

const grantSchema = z.object({
  personId: z.uuid(),
  role: roleSchema.nullable(),
  source: z.enum(["oidc", "bootstrap", "sso"]),
});

/** What claims or the set-up give, under the system's context. `role: null` takes away what the same source gave. */
export const grantMembership = command(
  {
    name: "grantMembership",
    permission: "members:manage",
    input: grantSchema,
    stream: memberStream,
    // Claims are followed at each sign-in, and nobody's sign-in fails because one of their tenants is suspended.
    inAnyState: true,
  },
  (state, { role, source }) => {
    const decide = (): MemberEvent[] => {
      if (role === null) return state?.source === source ? [{ type: "MemberRemoved", data: { role: state.role } }] : [];
      if (!state) return [{ type: "MemberAdded", data: { role, source } }];
      if (state.role === role && state.source === source) return [];
      return [{ type: "MemberRoleChanged", data: { before: state.role, after: role, source } }];
    };
    return { events: decide(), result: undefined };
  },
);
