import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { staleVersion } from "@/lib/audit";
import { sealText } from "@/lib/secrets";
import { command, query, type StreamDefinition, type TenantContext } from "@/lib/tenancy";
import { type WebhookDto, webhookInputSchema } from "./contract";

type WebhookEvent =
  | { type: "NoticeWebhookSet"; data: { url: string; newSecret: boolean } }
  | { type: "NoticeWebhookRemoved"; data: { url: string } };

const stream: StreamDefinition<null, WebhookEvent, unknown> = {
  type: "notice-webhook",
  id: () => "webhook",
  initial: null,
  evolve: (state) => state,
  // The row is written by the handlers, which look at it anyhow.
  project: async () => {},
};

export const WEBHOOK_SECRET = "notice webhook";

export const getWebhook = query(
  { name: "get-notice-webhook", permission: "tenant:settings", input: z.object({}) },
  async (tx, _input, { tenantId }): Promise<WebhookDto> => {
    const row = await tx.noticeWebhook.findUnique({ where: { tenantId } });
    if (!row) return { version: 0, url: null, last: null };
    const { version, url, lastAt, lastStatus: status, lastError: error } = row;
    return { version, url, last: lastAt && { at: lastAt.toISOString(), status, error } };
  },
);

const set = command(
  {
    name: "set-notice-webhook",
    permission: "tenant:settings",
    input: webhookInputSchema.extend({ version: z.number().int() }),
    stream,
  },
  async (_state, { url, newSecret, version: seen }, { tx, ctx: { tenantId } }) => {
    const row = await tx.noticeWebhook.findUnique({ where: { tenantId } });
    if ((row?.version ?? 0) !== seen) throw staleVersion(row?.version ?? 0);
    const secret = row && !newSecret ? null : randomBytes(32).toString("hex");
    if (row && !secret && row.url === url) return { events: [], result: undefined };
    const sealed = secret ? new Uint8Array(await sealText(tx, tenantId, WEBHOOK_SECRET, secret)) : undefined;
    const fresh = { url, version: seen + 1, lastAt: null, lastStatus: null, lastError: null };
    if (row)
      await tx.noticeWebhook.update({ where: { tenantId }, data: { ...fresh, ...(sealed ? { secret: sealed } : {}) } });
    else await tx.noticeWebhook.create({ data: { tenantId, ...fresh, secret: sealed ?? new Uint8Array() } });
    const event: WebhookEvent = { type: "NoticeWebhookSet", data: { url, newSecret: secret !== null } };
    return { events: [event], result: secret ?? undefined };
  },
);

const remove = command(
  { name: "remove-notice-webhook", permission: "tenant:settings", input: z.object({}), stream },
  async (_state, _input, { tx, ctx: { tenantId } }) => {
    const row = await tx.noticeWebhook.findUnique({ where: { tenantId } });
    if (!row) return { events: [], result: undefined };
    await tx.noticeWebhook.delete({ where: { tenantId } });
    const event: WebhookEvent = { type: "NoticeWebhookRemoved", data: { url: row.url } };
    return { events: [event], result: undefined };
  },
);

/** The secret with which deliveries are signed is in this answer alone, when it was made. */
export async function setWebhook(
  ctx: TenantContext,
  input: z.input<typeof webhookInputSchema>,
  { expectedVersion: version }: { expectedVersion: number },
): Promise<WebhookDto> {
  const secret = await set(ctx, { ...input, version });
  return { ...(await getWebhook(ctx, {})), ...(secret ? { secret } : {}) };
}

export async function removeWebhook(ctx: TenantContext): Promise<void> {
  await remove(ctx, {});
}

/** What a receiver computes over `X-Signalbox-Timestamp`, a full stop and the body, to know that it came from here. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}
