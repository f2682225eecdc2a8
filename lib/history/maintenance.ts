import { withPlatform, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { allTenants } from "@/lib/tenancy";
import { settingsOf } from "./settings";

const DAY_MS = 86_400_000;

/** Partitions for the days ahead; those that nobody keeps are dropped. */
export async function maintainPartitions(): Promise<{ made: number; dropped: number }> {
  const [row] = await withPlatform(
    (tx) =>
      tx.$queryRaw<
        { made: number; dropped: number }[]
      >`SELECT * FROM maintain_alert_firings(${env().HISTORY_DAYS}::integer)`,
  );
  return row ?? { made: 0, dropped: 0 };
}

/** Forgets what a tenant keeps no longer. Returns how many label sets are gone. */
export async function forgetOld(tenantId: string, now = new Date()): Promise<number> {
  return withTenant(
    tenantId,
    async (tx) => {
      const { retentionDays } = await settingsOf(tx, tenantId);
      const since = new Date(now.getTime() - retentionDays * DAY_MS);
      await tx.$executeRaw`DELETE FROM alert_firings WHERE day < (${since}::timestamptz AT TIME ZONE 'UTC')::date`;
      return tx.$executeRaw`DELETE FROM alert_label_sets WHERE last_seen < ${since} AND ends_at < ${since}`;
    },
    { timeout: 120_000 },
  );
}

export async function maintainHistory(): Promise<void> {
  await maintainPartitions();
  for (const { id } of await allTenants()) await forgetOld(id);
}
