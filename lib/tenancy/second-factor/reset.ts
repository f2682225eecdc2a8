import { z } from "zod";
import { onPlatform, type Transaction, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { mailConfigured, sendMail } from "@/lib/mail";
import { logger } from "@/lib/observability";
import { command, type StreamDefinition } from "../command";
import { PLATFORM_LOG, type TenantContext } from "../context";
import { recordWith } from "../platform-log";
import { publicUrl } from "../sign-in-link";
import { belongsHereOnly } from "./demand";

/** All that proves who somebody is beside their password, and every session of theirs. */
async function takeAway(tx: Transaction, personId: string, now: Date): Promise<void> {
  await tx.secondFactor.deleteMany({ where: { personId } });
  await tx.recoveryCode.deleteMany({ where: { personId } });
  await tx.person.update({ where: { id: personId }, data: { hasSecondFactor: false, factorsResetAt: now } });
  const ended = { revokedAt: now, refreshToken: null };
  await tx.authSession.updateMany({ where: { personId, revokedAt: null }, data: ended });
}

type ResetEvent = { type: "MemberFactorsReset"; data: Record<never, never> };

const stream: StreamDefinition<null, ResetEvent, { personId: string }> = {
  type: "member-factors",
  directory: true,
  id: ({ personId }) => personId,
  initial: null,
  evolve: () => null,
  project: (tx, { streamId, now }) => takeAway(tx, streamId, now),
};

const reset = command(
  {
    name: "resetMemberFactors",
    permission: "members:manage",
    input: z.object({ personId: z.uuid() }),
    stream,
    stepUp: true,
  },
  async (_, { personId }, { directory: tx, ctx: { tenantId, actor } }) => {
    const where = { tenantId_personId: { tenantId, personId } };
    const member = await tx.membership.findUnique({ where, include: { person: true } });
    if (!member) throw new AppError("not_found", "There is no such member.");
    if (actor.id === personId) throw new AppError("conflict", "Remove your own second factors on your account's page.");
    if (!(await belongsHereOnly(tx, personId))) {
      throw new AppError("forbidden", "This person is known elsewhere too. Ask an operator of this installation.");
    }
    const events: ResetEvent[] = member.person.hasSecondFactor ? [{ type: "MemberFactorsReset", data: {} }] : [];
    return { events, result: events.length > 0 ? member.person.email : null };
  },
);

/** For a member who lost theirs, and belongs to this tenant alone. Their sessions end, and they are told. */
export async function resetMemberFactors(ctx: TenantContext, personId: string): Promise<void> {
  const email = await reset(ctx, { personId });
  if (email) await tell(email, `An admin of ${ctx.tenantName}`);
}

/** For operators, and everybody. Throws `not_found`. */
export async function resetFactors(given: string, by: { actor?: string; requestId?: string } = {}): Promise<void> {
  const email = given.trim().toLowerCase();
  const person = await onPlatform((tx) => tx.person.findUnique({ where: { email } }));
  if (!person) throw new AppError("not_found", `Nobody here has the address ${email}.`);
  await withTenant(PLATFORM_LOG, async (tx) => {
    await takeAway(tx, person.id, new Date());
    await recordWith(tx, "FactorsReset", { person: person.id }, by);
  });
  await tell(email, "An operator of this installation");
}

/** Their account's page says it too, for those who get no mail. */
async function tell(to: string, who: string): Promise<void> {
  if (!mailConfigured()) return;
  const text = `${who} has removed your second factors for Signalbox and ended your sessions.\n
You sign in without them until you set up new ones:\n${publicUrl("/account/second-factor")}\n
If you did not ask for this, tell ${who.charAt(0).toLowerCase()}${who.slice(1)} at once.\n`;
  try {
    await sendMail({ to, subject: "Your second factors for Signalbox were removed", text });
  } catch (error) {
    logger("tenancy").warn({ err: error }, "somebody could not be told that their second factors were removed");
  }
}
