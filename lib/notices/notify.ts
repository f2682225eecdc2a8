import { randomUUID } from "node:crypto";
import type { Prisma } from "@/lib/database";
import { mailConfigured } from "@/lib/mail";
import type { CommandTools } from "@/lib/tenancy";
import type { NoticeData, NoticeKind } from "./contract";

export interface Telling {
  kind: NoticeKind;
  /** Opaque ids of people; those who are no members (any more) are left out. */
  to: Iterable<string>;
  data: NoticeData;
}

/**
 * Tells people, in the transaction of what it is about: a row in the app for each, and what has to leave the house in
 * the outbox, from where a worker takes it. Nobody waits for a mail server here.
 */
export async function notify(
  { tx, directory, ctx, now }: Pick<CommandTools, "tx" | "directory" | "ctx" | "now">,
  { kind, to, data }: Telling,
): Promise<void> {
  const { tenantId } = ctx;
  const asked = [...new Set(to)].filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const members = await directory.membership.findMany({
    where: { tenantId, personId: { in: asked } },
    select: { personId: true },
  });
  const people = members.map(({ personId }) => personId);
  await directory.notice.createMany({
    data: people.map((personId) => ({ id: randomUUID(), tenantId, personId, kind, data, at: now })),
  });
  const payload: Prisma.InputJsonValue = { kind, at: now.toISOString(), tenant: ctx.tenantSlug, ...data };
  const leaving = (channel: string, personId: string | null) => {
    return { id: randomUUID(), tenantId, channel, personId, payload, nextAt: now };
  };
  const out = mailConfigured() ? await wantMails(directory, tenantId, people) : [];
  const rows = out.map((personId) => leaving("mail", personId));
  if ((await tx.noticeWebhook.count({ where: { tenantId } })) > 0) rows.push(leaving("webhook", null));
  await directory.noticeOutbox.createMany({ data: rows });
}

async function wantMails(directory: CommandTools["directory"], tenantId: string, people: readonly string[]) {
  const refused = await directory.noticePreference.findMany({
    where: { tenantId, personId: { in: [...people] }, mail: false },
    select: { personId: true },
  });
  const none = new Set(refused.map(({ personId }) => personId));
  return people.filter((id) => !none.has(id));
}
