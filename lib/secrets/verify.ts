import { setTimeout as pause } from "node:timers/promises";
import { withTenant } from "@/lib/database";
import { tenantsWithDataKeys } from "./backup-keys";
import type { VerifyResult } from "./contract";
import { unwrapKey } from "./data-keys";
import { openEverySecret } from "./seal";

/** Opens every data key and with them every sealed secret, and tells which do not open; nothing leaves. */
export async function verifyKeys(): Promise<VerifyResult> {
  const result: VerifyResult = { tried: 0, failed: [] };
  for (const tenantId of await tenantsWithDataKeys()) await verifyTenant(tenantId, result);
  return result;
}

async function verifyTenant(tenantId: string, result: VerifyResult): Promise<void> {
  const fail = (version: number, error: unknown) =>
    result.failed.push({ tenantId, version, reason: error instanceof Error ? error.message : String(error) });
  await withTenant(
    tenantId,
    async (tx) => {
      for (const row of await tx.dataKey.findMany({ where: { tenantId, destroyedAt: null } })) {
        result.tried += 1;
        await unwrapKey(tx, tenantId, row).then(
          (key) => key.fill(0),
          (error: unknown) => fail(row.version, error),
        );
      }
      const secrets = await openEverySecret(tx, tenantId);
      result.tried += secrets.tried;
      for (const { version, error } of secrets.failed) fail(version, error);
    },
    { timeout: 300_000 },
  );
  await pause(0);
}
