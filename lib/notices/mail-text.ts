import type { MailLanguage } from "@/lib/tenancy/contract";
import type { NoticeData, NoticeKind } from "./contract";

/** A mail says what happened and where to look, and nothing of the configuration. */
export function mailText(
  { kind, number, title, detail, tenant }: NoticeData & { kind: NoticeKind; tenant: string },
  { by, link, language }: { by: string | null; link: string; language: MailLanguage },
): { subject: string; text: string } {
  const who = by ?? "Signalbox";
  const what = `#${number} ${oneLine(title)}`;
  const said = detail === "" ? [] : ["", ...detail.split("\n").map((line) => `> ${line}`)];
  const { foot, subjects } = TEXTS[language];
  const told = subjects[kind](oneLine(who), what);
  return { subject: `[${tenant}] ${told}`, text: [`${told}.`, ...said, "", link, "", foot].join("\n") };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\t]+/g, " ").trim();
}

interface Texts {
  foot: string;
  subjects: Readonly<Record<NoticeKind, (who: string, what: string) => string>>;
}

const TEXTS: Readonly<Record<MailLanguage, Texts>> = {
  en: {
    foot: "Which mails you get is said beside the bell in Signalbox.",
    subjects: {
      review_requested: (who, what) => `${who} asks you to review ${what}`,
      commented: (who, what) => `${who} wrote about ${what}`,
      approved: (who, what) => `${who} approved ${what}`,
      rejected: (who, what) => `${who} rejected ${what}`,
      approvals_stale: (who, what) => `${who} edited ${what}: its approvals do not count any more`,
      schedule_suspended: (_who, what) => `${what} is not published as scheduled`,
      publication_failed: (_who, what) => `Publishing ${what} failed`,
      published: (_who, what) => `${what} is published`,
      bypass_used: (who, what) => `${who} published ${what} without the usual review`,
      reviewers_left: (_who, what) => `${what}: somebody who was asked to review it left`,
    },
  },
  fr: {
    foot: "À côté de la cloche, dans Signalbox, vous choisissez les courriels que vous recevez.",
    subjects: {
      review_requested: (who, what) => `${who} vous demande de relire ${what}`,
      commented: (who, what) => `${who} a écrit au sujet de ${what}`,
      approved: (who, what) => `${who} a approuvé ${what}`,
      rejected: (who, what) => `${who} a rejeté ${what}`,
      approvals_stale: (who, what) => `${who} a modifié ${what} : ses approbations ne comptent plus`,
      schedule_suspended: (_who, what) => `${what} n’est pas publié comme prévu`,
      publication_failed: (_who, what) => `La publication de ${what} a échoué`,
      published: (_who, what) => `${what} est publié`,
      bypass_used: (who, what) => `${who} a publié ${what} sans la relecture habituelle`,
      reviewers_left: (_who, what) => `${what} : quelqu’un qui devait le relire est parti`,
    },
  },
  de: {
    foot: "Welche Mails Sie bekommen, stellen Sie in Signalbox bei der Glocke ein.",
    subjects: {
      review_requested: (who, what) => `${who} bittet Sie, ${what} zu prüfen`,
      commented: (who, what) => `${who} hat zu ${what} geschrieben`,
      approved: (who, what) => `${who} hat ${what} freigegeben`,
      rejected: (who, what) => `${who} hat ${what} abgelehnt`,
      approvals_stale: (who, what) => `${who} hat ${what} bearbeitet: die Freigaben zählen nicht mehr`,
      schedule_suspended: (_who, what) => `${what} wird nicht wie geplant veröffentlicht`,
      publication_failed: (_who, what) => `${what} konnte nicht veröffentlicht werden`,
      published: (_who, what) => `${what} ist veröffentlicht`,
      bypass_used: (who, what) => `${who} hat ${what} ohne die übliche Prüfung veröffentlicht`,
      reviewers_left: (_who, what) => `${what}: jemand, der prüfen sollte, ist nicht mehr dabei`,
    },
  },
};
