import { withPlatform, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { sendMail } from "@/lib/mail";
import { outboundRequest } from "@/lib/resilience";
import { openText } from "@/lib/secrets";
import { languageIn, publicUrl } from "@/lib/tenancy";
import type { NoticeData, NoticeKind } from "./contract";
import { mailText } from "./mail-text";
import { signatureOf, WEBHOOK_SECRET } from "./webhook";

export type Payload = NoticeData & { kind: NoticeKind; at: string; tenant: string };

export interface Delivery {
  id: string;
  tenantId: string;
  channel: "mail" | "webhook";
  personId: string | null;
  payload: Payload;
  /** 1 for the first. */
  attempt: number;
}

/** The address of what a notice is about. */
export function linkOf({ tenant, changeId }: Pick<Payload, "tenant" | "changeId">): string {
  return publicUrl(`/${tenant}/changes/${changeId}`);
}

/** Throws where nobody took it. */
export async function deliver(delivery: Delivery): Promise<void> {
  if (delivery.channel === "mail") await mail(delivery);
  else await post(delivery);
}

async function mail({ tenantId, personId, payload }: Delivery): Promise<void> {
  const ids = [personId, payload.by].filter((id): id is string => id !== null && /^[0-9a-f-]{36}$/.test(id));
  const people = await withPlatform((tx) => tx.person.findMany({ where: { id: { in: ids } } }));
  const to = people.find(({ id }) => id === personId);
  // Erased meanwhile: there is nobody to tell.
  if (!to) return;
  const by = people.find(({ id }) => id === payload.by)?.name ?? null;
  const language = await languageIn(tenantId, to);
  await sendMail({ to: to.email, ...mailText(payload, { by, link: linkOf(payload), language }) });
}

async function post({ id, tenantId, payload }: Delivery): Promise<void> {
  const webhook = await withTenant(tenantId, async (tx) => {
    const row = await tx.noticeWebhook.findUnique({ where: { tenantId } });
    return row && { url: row.url, secret: await openText(tx, tenantId, WEBHOOK_SECRET, row.secret) };
  });
  // Removed meanwhile.
  if (!webhook) return;
  const body = JSON.stringify({ id, ...payload, url: linkOf(payload) });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const told = { status: null as number | null, error: null as string | null };
  try {
    const answer = await outboundRequest({
      purpose: "notices",
      url: webhook.url,
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-signalbox-delivery": id,
        "x-signalbox-timestamp": timestamp,
        "x-signalbox-signature": signatureOf(webhook.secret, timestamp, body),
      },
      body,
      maxBytes: 4_096,
      clip: true,
    });
    told.status = answer.status;
    if (answer.status < 200 || answer.status > 299)
      throw new AppError("target_refused", `It answered ${answer.status}.`);
  } catch (error) {
    told.error = error instanceof AppError ? error.message.slice(0, 300) : "It could not be sent.";
    throw error;
  } finally {
    const data = { lastAt: new Date(), lastStatus: told.status, lastError: told.error };
    await withTenant(tenantId, (tx) => tx.noticeWebhook.updateMany({ where: { tenantId, url: webhook.url }, data }));
  }
}
