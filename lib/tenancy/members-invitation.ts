import type { z } from "zod";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { mailConfigured, sendMail } from "@/lib/mail";
import type { TenantContext } from "./context";
import type { invitationSchema, MailLanguage } from "./contract";
import { guessLanguage } from "./language";
import { languageFor } from "./mail-language";
import { membershipsOf } from "./memberships-of";
import { issueLink, publicUrl } from "./sign-in-link";

type Invitation = z.infer<typeof invitationSchema>;

interface Invited {
  id: string;
  isOperator?: boolean;
  firstSignedInAt: Date | null;
}

/**
 * What leads somebody in. A link signs in as the person, in every tenant of theirs: an admin here gets one only for
 * somebody who is nobody's yet. Whoever has signed in gets the tenant's ordinary address.
 */
export async function issueInvitation(
  tx: Transaction,
  { id, firstSignedInAt }: Invited,
  { tenantId, tenantSlug }: TenantContext,
  { renew = false } = {},
): Promise<{ link: string; until: Date | null }> {
  const { isOperator } = await tx.person.findUniqueOrThrow({ where: { id }, select: { isOperator: true } });
  const elsewhere = isOperator || (await membershipsOf(tx, id)).some((tenant) => tenant.id !== tenantId);
  if (firstSignedInAt) return { link: publicUrl(`/${tenantSlug}`), until: null };
  if (elsewhere && renew) return { link: publicUrl(`/${tenantSlug}`), until: null };
  if (elsewhere) {
    throw new AppError("conflict", "This person was invited elsewhere. Add them once they have signed in there.");
  }
  const { link, expiresAt } = await issueLink(tx, id, "invitation");
  return { link, until: expiresAt };
}

export function requireMail(): void {
  if (!mailConfigured())
    throw new AppError("mail_failed", "This installation sends no mails. Pass the link on yourself.");
}

/** The same without the link, which is on its way to the person now. */
export async function sendInvitation(
  { tenantId, tenantName, tenantSlug }: TenantContext,
  invitation: Invitation,
  chosen: MailLanguage | undefined,
): Promise<Invitation> {
  const { member, link, expiresAt } = invitation;
  if (chosen) await guessLanguage(member.id, chosen);
  const language = chosen ?? (await languageFor(tenantId, member.id));
  const texts = TEXTS[language];
  // A tenant's name is one line, but it may hold what a subject may not.
  const tenant = tenantName.replace(/\p{Cc}+/gu, " ");
  const until = expiresAt && new Intl.DateTimeFormat(language, FORMAT).format(new Date(expiresAt));
  const body = until === null ? texts.added : texts.link;
  const mail = {
    to: member.email,
    subject: texts.subject.replace("{tenant}", () => tenant),
    text: body
      .replace("{tenant}", () => tenant)
      .replace("{link}", () => link)
      .replace("{until}", () => until ?? ""),
  };
  try {
    await sendMail(mail);
  } catch (cause) {
    const why = "The invitation stands, but the mail could not be sent. Send it again from the list of members.";
    throw new AppError("mail_failed", why, {}, { cause });
  }
  return { ...invitation, link: publicUrl(`/${tenantSlug}`), mailed: true };
}

const FORMAT = { dateStyle: "full", timeStyle: "short", timeZone: "UTC", hour12: false } as const;

const TEXTS: Readonly<Record<MailLanguage, { subject: string; link: string; added: string }>> = {
  en: {
    subject: "Invitation to {tenant} on Signalbox",
    link: "You are invited to {tenant} on Signalbox, where the alerting of your team is looked after.\n\nThis link signs you in once. It works until {until} UTC:\n\n{link}\n\nIf you did not expect this mail, do nothing: without the link nobody comes in.\n",
    added: "You are now a member of {tenant} on Signalbox. Sign in as usual:\n\n{link}\n",
  },
  fr: {
    subject: "Invitation à {tenant} sur Signalbox",
    link: "Vous êtes invité·e à rejoindre {tenant} sur Signalbox, où l’on s’occupe des alertes de votre équipe.\n\nCe lien vous connecte une seule fois. Il est valable jusqu’au {until} UTC :\n\n{link}\n\nSi vous n’attendiez pas ce courriel, ne faites rien : sans le lien, personne n’entre.\n",
    added: "Vous êtes maintenant membre de {tenant} sur Signalbox. Connectez-vous comme d’habitude :\n\n{link}\n",
  },
  de: {
    subject: "Einladung zu {tenant} auf Signalbox",
    link: "Sie sind zu {tenant} auf Signalbox eingeladen; dort wird die Alarmierung Ihres Teams gepflegt.\n\nDieser Link meldet Sie ein einziges Mal an. Er gilt bis {until} UTC:\n\n{link}\n\nWenn Sie diese Mail nicht erwartet haben, tun Sie nichts: ohne den Link kommt niemand herein.\n",
    added: "Sie sind jetzt Mitglied von {tenant} auf Signalbox. Melden Sie sich an wie gewohnt:\n\n{link}\n",
  },
};
