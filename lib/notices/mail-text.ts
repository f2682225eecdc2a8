import type { NoticeData, NoticeKind } from "./contract";

/** A mail says what happened and where to look, and nothing of the configuration. */
export function mailText(
  { kind, number, title, detail, tenant }: NoticeData & { kind: NoticeKind; tenant: string },
  { by, link }: { by: string | null; link: string },
): { subject: string; text: string } {
  const who = by ?? "Signalbox";
  const what = `#${number} ${oneLine(title)}`;
  const said = detail === "" ? [] : ["", ...detail.split("\n").map((line) => `> ${line}`)];
  const subject = `[${tenant}] ${SUBJECTS[kind](oneLine(who), what)}`;
  const text = [`${SUBJECTS[kind](oneLine(who), what)}.`, ...said, "", link, "", FOOT].join("\n");
  return { subject, text };
}

const FOOT = "Which mails you get is said beside the bell in Signalbox.";

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\t]+/g, " ").trim();
}

const SUBJECTS: Readonly<Record<NoticeKind, (who: string, what: string) => string>> = {
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
};
