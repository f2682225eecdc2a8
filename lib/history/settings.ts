import { z } from "zod";
import type { Transaction } from "@/lib/database";
import { env } from "@/lib/env";
import { command, planOf, query, requireQuota } from "@/lib/tenancy";
import { type HistorySettings, historySettingsSchema } from "./contract";
import { type HistoryEvent, historyStream } from "./stream";

/** Of the tenant of this transaction; no more days than its tier includes, whatever was set when it included more. */
export async function settingsOf(tx: Transaction, tenantId: string): Promise<HistorySettings> {
  const { retentionDays, pollTargets } = (await tx.historySettings.findFirst()) ?? {
    retentionDays: env().HISTORY_DAYS,
    pollTargets: true,
  };
  const { historyDays } = (await planOf(tenantId)).quotas;
  return { retentionDays: Math.min(retentionDays, historyDays ?? retentionDays), pollTargets };
}

export const changeHistorySettings = command(
  {
    name: "change-history-settings",
    permission: "tenant:settings",
    input: historySettingsSchema,
    stream: historyStream,
  },
  async (_state, after, { tx, ctx: { tenantId } }) => {
    const before = await settingsOf(tx, tenantId);
    const { retentionDays } = before;
    await requireQuota(tenantId, { quota: "historyDays", after: after.retentionDays, before: () => retentionDays });
    if (before.retentionDays === after.retentionDays && before.pollTargets === after.pollTargets) {
      return { events: [], result: after };
    }
    await tx.historySettings.upsert({ where: { tenantId }, create: { tenantId, ...after }, update: after });
    const event: HistoryEvent = { type: "HistorySettingsChanged", data: { before, after } };
    return { events: [event], result: after };
  },
);

/** For how long this tenant's alerts are kept. */
export const retentionDays = query(
  { name: "retention-days", permission: "configuration:view", input: z.undefined() },
  async (tx, _input, { tenantId }): Promise<number> => (await settingsOf(tx, tenantId)).retentionDays,
);
