import type { Transaction } from "@/lib/database";
import { env } from "@/lib/env";
import { command } from "@/lib/tenancy";
import { type HistorySettings, historySettingsSchema } from "./contract";
import { type HistoryEvent, historyStream } from "./stream";

/** Of the tenant of this transaction. */
export async function settingsOf(tx: Transaction): Promise<HistorySettings> {
  const row = await tx.historySettings.findFirst();
  return row
    ? { retentionDays: row.retentionDays, pollTargets: row.pollTargets }
    : { retentionDays: env().HISTORY_DAYS, pollTargets: true };
}

export const changeHistorySettings = command(
  {
    name: "change-history-settings",
    permission: "tenant:settings",
    input: historySettingsSchema,
    stream: historyStream,
  },
  async (_state, after, { tx, ctx: { tenantId } }) => {
    const before = await settingsOf(tx);
    if (before.retentionDays === after.retentionDays && before.pollTargets === after.pollTargets) {
      return { events: [], result: after };
    }
    await tx.historySettings.upsert({ where: { tenantId }, create: { tenantId, ...after }, update: after });
    const event: HistoryEvent = { type: "HistorySettingsChanged", data: { before, after } };
    return { events: [event], result: after };
  },
);
