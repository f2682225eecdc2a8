import { tenantsElsewhere, withPlatform, withTenant } from "@/lib/database";

export interface NewDataKey {
  tenantId: string;
  version: number;
  madeBy: string;
  /** What there is to tell of it. */
  what: "replaced" | "destroyed";
}

const MOST = 200;

/**
 * Data keys that replaced another one, or were destroyed, and stand in no log yet. They are made in a tenant's transaction, the installation's log is
 * another one; killed between `tell` and the mark, it is told again.
 */
export async function announceDataKeys(tell: (key: NewDataKey) => Promise<void>): Promise<void> {
  const shared = await withPlatform(
    (tx) => tx.$queryRaw<{ tenant_id: string }[]>`SELECT DISTINCT tenant_id FROM data_keys_to_announce(${MOST}::int)`,
  );
  const tenants = new Set([...shared.map(({ tenant_id }) => tenant_id), ...(await tenantsElsewhere())]);
  for (const tenantId of tenants)
    await withTenant(tenantId, async (tx) => {
      // Whoever is at it now tells it, and nobody else.
      const keys = await tx.$queryRaw<{ version: number; made_by: string; destroyed: boolean }[]>`
        SELECT version, made_by, destroyed_at IS NOT NULL AS destroyed FROM data_keys
        WHERE tenant_id = ${tenantId}::uuid AND NOT announced ORDER BY version FOR NO KEY UPDATE SKIP LOCKED`;
      for (const { version, made_by, destroyed } of keys)
        await tell({ tenantId, version, madeBy: made_by, what: destroyed ? "destroyed" : "replaced" });
      const versions = keys.map(({ version }) => version);
      if (versions.length > 0)
        await tx.dataKey.updateMany({ where: { tenantId, version: { in: versions } }, data: { announced: true } });
    });
}
