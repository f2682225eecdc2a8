import { z } from "zod";
import { namesOf, query } from "@/lib/tenancy";
import type { HistoryState } from "./contract";
import { settingsOf } from "./settings";

/** What is known, from where, and for how long. */
export const historyState = query(
  { name: "historyState", permission: "configuration:view", input: z.undefined() },
  async (tx, _input, { tenantId }): Promise<HistoryState> => {
    const [counts] = await tx.$queryRaw<{ sets: bigint; firing: bigint; latest: Date | null }[]>`
      SELECT count(*) AS sets, count(*) FILTER (WHERE ends_at > now()) AS firing, max(last_seen) AS latest
      FROM alert_label_sets`;
    const rows = await tx.tap.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
    const names = await namesOf(
      tx,
      rows.map(({ createdBy }) => createdBy),
    );
    return {
      ...(await settingsOf(tx, tenantId)),
      labelSets: Number(counts?.sets ?? 0),
      firing: Number(counts?.firing ?? 0),
      lastReceivedAt: counts?.latest?.toISOString() ?? null,
      taps: rows.map(({ id, name, createdAt, createdBy, lastUsedAt }) => ({
        ...{ id, name, createdAt: createdAt.toISOString() },
        createdBy: names[createdBy] ?? null,
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
      })),
    };
  },
);
