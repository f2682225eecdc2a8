import { z } from "zod";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { command, parseInput, type StreamDefinition } from "../command";
import type { TenantContext } from "../context";
import { type Role, roleSchema } from "../contract";
import { membershipsOf } from "../memberships-of";
import { query } from "../query";
import { demandInputSchema, type TenantSecondFactorDto } from "./contract";
import { isProven } from "./strength";

type DemandEvent = { type: "SecondFactorDemanded"; data: { before: readonly Role[]; after: readonly Role[] } };

const stream: StreamDefinition<readonly Role[], DemandEvent, { tenantId: string }> = {
  type: "second-factor-demand",
  directory: true,
  id: ({ tenantId }) => tenantId,
  initial: [],
  evolve: (_, { data }) => data.after,
  project: async (tx, { tenantId, state }) => {
    const roles = [...state];
    await tx.secondFactorPolicy.upsert({ where: { tenantId }, create: { tenantId, roles }, update: { roles } });
  },
};

/** Whether this person is this tenant's alone, so that its admins may take their second factors away. */
export async function belongsHereOnly(tx: Transaction, personId: string): Promise<boolean> {
  const person = await tx.person.findUnique({ where: { id: personId }, select: { isOperator: true } });
  return person?.isOperator === false && (await membershipsOf(tx, personId)).length === 1;
}

export const readTenantSecondFactor = query(
  { name: "readTenantSecondFactor", permission: "tenant:settings", directory: true, input: z.undefined() },
  async (tx, _, { tenantId }): Promise<TenantSecondFactorDto> => {
    const policy = await tx.secondFactorPolicy.findUnique({ where: { tenantId } });
    const members = await tx.membership.findMany({
      select: { role: true, person: { select: { id: true, name: true, email: true, hasSecondFactor: true } } },
      orderBy: [{ joinedAt: "asc" }, { personId: "asc" }],
    });
    const shown: TenantSecondFactorDto["members"] = [];
    for (const { role, person } of members) {
      const { id, name, email, hasSecondFactor: has } = person;
      const mayReset = has && (await belongsHereOnly(tx, id));
      shown.push({ id, name, email, role: roleSchema.parse(role), has, mayReset });
    }
    return { roles: z.array(roleSchema).parse(policy?.roles ?? []), members: shown };
  },
);

const write = command(
  {
    name: "demandSecondFactor",
    permission: "tenant:settings",
    input: demandInputSchema.extend({ tenantId: z.uuid() }),
    stream,
    stepUp: true,
  },
  (before, { roles }, { ctx }) => {
    const after = [...roles].sort();
    if (after.includes(ctx.role) && ctx.session && !isProven(ctx.session)) {
      throw new AppError("invalid_input", "Set up a second factor for yourself first: this would shut you out.");
    }
    const same = JSON.stringify(before) === JSON.stringify(after);
    const event: DemandEvent = { type: "SecondFactorDemanded", data: { before, after } };
    return { events: same ? [] : [event], result: undefined };
  },
);

/** From the next request on, who has one of these roles and no second factor is led to set one up. */
export async function demandSecondFactor(ctx: TenantContext, given: unknown): Promise<TenantSecondFactorDto> {
  await write(ctx, { ...parseInput(demandInputSchema, given), tenantId: ctx.tenantId });
  return readTenantSecondFactor(ctx, undefined);
}
