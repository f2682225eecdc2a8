import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Prisma, type Transaction, withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { command } from "./command";
import type { TenantContext } from "./context";
import {
  changeRoleInputSchema,
  inviteMemberInputSchema,
  type MemberDto,
  resendInvitationInputSchema,
  roleSchema,
} from "./contract";
import { grantsSchema, setGrantsInputSchema } from "./grants/contract";
import { issueInvitation, requireMail, sendInvitation } from "./members-invitation";
import { type MemberEvent, memberStream, type Source } from "./members-stream";
import { query } from "./query";
import { linkEnds } from "./sign-in-link";

const WITH_PERSON = { person: { select: { id: true, name: true, email: true, firstSignedInAt: true } } } as const;
type Person = { id: string; name: string; email: string; firstSignedInAt: Date | null };

type Row = { role: string; source: string; joinedAt: Date; grants?: unknown };

function dto(person: Person, membership: Row, invitedUntil: Date | null = null): MemberDto {
  return {
    id: person.id,
    name: person.name,
    email: person.email,
    role: roleSchema.parse(membership.role),
    source: membership.source as Source,
    status: person.firstSignedInAt ? "active" : "invited",
    joinedAt: membership.joinedAt.toISOString(),
    grants: grantsSchema.nullable().parse(membership.grants ?? null),
    invitedUntil: invitedUntil?.toISOString() ?? null,
  };
}

/** Somebody who never signed in cannot manage anything, so they do not count. */
export async function keepAnAdmin(tx: Transaction, personId: string): Promise<void> {
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
    const invited = rows.filter(({ person }) => !person.firstSignedInAt).map(({ personId }) => personId);
    const ends = await linkEnds(tx, invited);
    return rows.map((row) => dto(row.person, row, ends.get(row.personId)));
  },
);

const resendSchema = resendInvitationInputSchema.extend({ personId: z.uuid() });
const addMemberSchema = inviteMemberInputSchema.extend({ personId: z.uuid() });

const addMember = command(
  { name: "addMember", permission: "members:manage", input: addMemberSchema, stream: memberStream, stepUp: true },
  async (state, { personId, email, name, role, grants, mail }, { directory: tx, now, ctx }) => {
    if (state) throw new AppError("conflict", "This person is a member already.");
    if ((await tx.scimUser.count({ where: { personId, active: false } })) > 0) {
      throw new AppError("conflict", "Your directory says that this person has left. Activate them there.");
    }
    const known = await tx.person.findUnique({ where: { id: personId } });
    const person = known ?? (await tx.person.create({ data: { id: personId, email, name, createdAt: now } }));
    const limits = role === "admin" || !grants ? {} : { grants };
    const events: MemberEvent[] = [{ type: "MemberAdded", data: { role, source: "invitation", ...limits } }];
    const issued = await issueInvitation(tx, person, ctx);
    if (issued.until) {
      events.push({ type: "InvitationSent", data: { by: mail ? "mail" : "link", until: issued.until.toISOString() } });
    }
    const member = dto(person, { role, source: "invitation", joinedAt: now, ...limits }, issued.until);
    return {
      events,
      result: { member, link: issued.link, expiresAt: issued.until?.toISOString() ?? null, mailed: false },
    };
  },
);

/** Makes a person a member; somebody new also gets a one-time link, which only this answer holds, or the mail. */
export async function inviteMember(ctx: TenantContext, input: z.input<typeof inviteMemberInputSchema>) {
  const email = String(input?.email ?? "")
    .trim()
    .toLowerCase();
  const invite = async () => {
    const known = await withPlatform((tx) => tx.person.findUnique({ where: { email }, select: { id: true } }));
    return addMember(ctx, { ...input, email, personId: known?.id ?? randomUUID() });
  };
  if (input?.mail) requireMail();
  const invited = await invite().catch((error: unknown) => {
    // Somebody invited the same new person in the same moment; now they are known.
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") throw error;
    return invite();
  });
  return input.mail ? sendInvitation(ctx, invited, input.mail.language) : invited;
}

/** Another link for somebody who has not come yet; the one before ends. */
const renewInvitation = command(
  {
    name: "resendInvitation",
    permission: "members:manage",
    input: resendSchema,
    stream: memberStream,
    stepUp: true,
  },
  async (state, { personId, mail }, { directory: tx, ctx }) => {
    const { tenantId } = ctx;
    const row = await tx.membership.findUnique({
      where: { tenantId_personId: { tenantId, personId } },
      include: WITH_PERSON,
    });
    if (!state || !row) throw new AppError("not_found", "There is no such member.");
    if (row.person.firstSignedInAt) throw new AppError("conflict", "This person has signed in already.");
    if (state.source !== "invitation") {
      throw new AppError("conflict", "This person was not invited: they sign in as their directory or service says.");
    }
    const { link, until } = await issueInvitation(tx, row.person, ctx, { renew: true });
    if (!until) throw new AppError("conflict", "This person was invited elsewhere too. They have a link from there.");
    const event: MemberEvent = {
      type: "InvitationSent",
      data: { by: mail ? "mail" : "link", until: until.toISOString() },
    };
    return {
      events: [event],
      result: { member: dto(row.person, row, until), link, expiresAt: until.toISOString(), mailed: false },
    };
  },
);

export async function resendInvitation(ctx: TenantContext, input: z.input<typeof resendSchema>) {
  if (input?.mail) requireMail();
  const renewed = await renewInvitation(ctx, input);
  return input.mail ? sendInvitation(ctx, renewed, input.mail.language) : renewed;
}

export const changeRole = command(
  {
    name: "changeRole",
    permission: "members:manage",
    input: changeRoleInputSchema.extend({ personId: z.uuid() }),
    stream: memberStream,
    stepUp: true,
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
    // An admin could lift their own limits, so they have none.
    if (role === "admin" && state.grants) {
      events.push({ type: "MemberGrantsSet", data: { before: state.grants, after: null } });
    }
    return { events, result: dto(row.person, { ...row, role, grants: role === "admin" ? null : row.grants }) };
  },
);

export const setGrants = command(
  {
    name: "setGrants",
    permission: "members:manage",
    input: setGrantsInputSchema.extend({ personId: z.uuid() }),
    stream: memberStream,
    stepUp: true,
  },
  async (state, { personId, grants }, { directory: tx, ctx: { tenantId } }) => {
    if (!state) throw new AppError("not_found", "There is no such member.");
    if (grants && state.role === "admin") {
      throw new AppError("conflict", "An admin could lift every limit. Make them an editor or an approver first.");
    }
    const row = await tx.membership.findUniqueOrThrow({
      where: { tenantId_personId: { tenantId, personId } },
      include: WITH_PERSON,
    });
    const unchanged = JSON.stringify(state.grants) === JSON.stringify(grants);
    const event: MemberEvent = { type: "MemberGrantsSet", data: { before: state.grants, after: grants } };
    return { events: unchanged ? [] : [event], result: dto(row.person, { ...row, grants }) };
  },
);

/** Somebody looked at what this member may do, and it is as it should be. */
export const reviewMember = command(
  { name: "reviewMember", permission: "members:manage", input: z.object({ personId: z.uuid() }), stream: memberStream },
  (state, _input, { ctx }) => {
    if (!state) throw new AppError("not_found", "There is no such member.");
    const event: MemberEvent = { type: "MemberReviewed", data: { by: ctx.actor.id, role: state.role } };
    return { events: [event], result: undefined };
  },
);

export const removeMember = command(
  {
    name: "removeMember",
    permission: "members:manage",
    input: z.object({ personId: z.uuid() }),
    stream: memberStream,
    stepUp: true,
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
  source: z.enum(["oidc", "bootstrap", "sso", "scim"]),
  /** Absent: as they are. */
  grants: grantsSchema.nullable().optional(),
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
  async (state, { personId, role, source, grants }, { directory }) => {
    // Whoever the tenant's own directory has let go comes back by no other way.
    const left = role !== null && (await directory.scimUser.count({ where: { personId, active: false } })) > 0;
    if (left) return { events: [], result: undefined };
    const decide = (): MemberEvent[] => {
      if (role === null) return state?.source === source ? [{ type: "MemberRemoved", data: { role: state.role } }] : [];
      const limits = role === "admin" ? null : grants;
      if (!state) return [{ type: "MemberAdded", data: { role, source, ...(limits ? { grants: limits } : {}) } }];
      const events: MemberEvent[] = [];
      if (state.role !== role || state.source !== source) {
        events.push({ type: "MemberRoleChanged", data: { before: state.role, after: role, source } });
      }
      if (limits !== undefined && JSON.stringify(limits) !== JSON.stringify(state.grants)) {
        events.push({ type: "MemberGrantsSet", data: { before: state.grants, after: limits } });
      }
      return events;
    };
    return { events: decide(), result: undefined };
  },
);
