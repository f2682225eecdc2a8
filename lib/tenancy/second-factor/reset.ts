import { z } from "zod";
import { onPlatform, type Transaction, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { mailConfigured, sendMail } from "@/lib/mail";
import { logger } from "@/lib/observability";
import { command, type StreamDefinition } from "../command";
import { PLATFORM_LOG, type TenantContext } from "../context";
import type { MailLanguage } from "../contract";
import { languageOf } from "../language";
import { languageIn } from "../mail-language";
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
    return { events, result: events.length > 0 ? member.person : null };
  },
);

/** For a member who lost theirs, and belongs to this tenant alone. Their sessions end, and they are told. */
export async function resetMemberFactors(ctx: TenantContext, personId: string): Promise<void> {
  const person = await reset(ctx, { personId });
  if (person) await tell(person, ctx);
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
  await tell(person, null);
}

type Told = { email: string; language: string | null };

/** Their account's page says it too, for those who get no mail. `by`: the admin who did it; null: an operator. */
async function tell(person: Told, by: Pick<TenantContext, "tenantId" | "tenantName"> | null): Promise<void> {
  if (!mailConfigured()) return;
  const { subject, text } = TEXTS[by ? await languageIn(by.tenantId, person) : languageOf(person)];
  const link = publicUrl("/account/second-factor");
  try {
    await sendMail({ to: person.email, subject, text: text(by?.tenantName ?? null, link) });
  } catch (error) {
    logger("tenancy").warn({ err: error }, "somebody could not be told that their second factors were removed");
  }
}

type Text = { subject: string; text: (tenant: string | null, link: string) => string };

const TEXTS: Readonly<Record<MailLanguage, Text>> = {
  en: {
    subject: "Your second factors for Signalbox were removed",
    text: (tenant, link) => {
      const who = tenant === null ? "n operator of this installation" : `n admin of ${tenant}`;
      return `A${who} has removed your second factors for Signalbox and ended your sessions.

You sign in without them until you set up new ones:
${link}

If you did not ask for this, tell a${who} at once.
`;
    },
  },
  fr: {
    subject: "Vos seconds facteurs pour Signalbox ont été supprimés",
    text: (tenant, link) => {
      const who = tenant === null ? "n opérateur de cette installation" : `n admin de ${tenant}`;
      return `U${who} a supprimé vos seconds facteurs pour Signalbox et a mis fin à vos sessions.

Vous vous connectez sans eux jusqu’à ce que vous en ayez configuré de nouveaux :
${link}

Si vous ne l’avez pas demandé, prévenez aussitôt u${who}.
`;
    },
  },
  de: {
    subject: "Ihre zweiten Faktoren für Signalbox wurden entfernt",
    text: (tenant, link) => {
      const who = tenant === null ? "Betreiber dieser Installation" : `Admin von ${tenant}`;
      return `Ein ${who} hat Ihre zweiten Faktoren für Signalbox entfernt und Ihre Sitzungen beendet.

Sie melden sich ohne sie an, bis Sie neue eingerichtet haben:
${link}

Wenn Sie nicht darum gebeten haben, sagen Sie es sofort einem ${who}.
`;
    },
  },
};
