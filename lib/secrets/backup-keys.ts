import { type Transaction, tenantsElsewhere, withPlatform } from "@/lib/database";
import type { Algorithm } from "./contract";
import { openingKeys, storedKeys, wrapKey } from "./data-keys";
import { heldPrimary } from "./keys/keyring";

/** A tenant's data key in clear. Whoever gets one zeroes it (`key.fill(0)`) as soon as it is sealed elsewhere. */
export interface OpenDataKey {
  version: number;
  algorithm: Algorithm;
  key: Uint8Array;
}

/** All that have data keys, in whatever place; the installation's own log is one of them when something is sealed there. */
export async function tenantsWithDataKeys(): Promise<string[]> {
  const rows = await withPlatform(
    (tx) => tx.$queryRaw<{ tenant_id: string }[]>`SELECT tenant_id FROM tenants_with_data_keys()`,
  );
  return [...new Set([...rows.map(({ tenant_id }) => tenant_id), ...(await tenantsElsewhere())])];
}

/** Every version of a tenant's data key, for a backup only. In a transaction of the tenant. */
export async function openDataKeys(tx: Transaction, tenantId: string): Promise<OpenDataKey[]> {
  const keyAt = await openingKeys(tx, tenantId);
  const keys: OpenDataKey[] = [];
  for (const { version } of await storedKeys(tx, tenantId)) {
    const key = await keyAt(version);
    if (key) keys.push({ version, algorithm: key.algorithm, key: key.key });
  }
  return keys;
}

/**
 * Wraps data keys that came from a backup under this installation's newest key, in the place of rows that came with the data
 * (whose wrapping key stayed behind) and beside none. In a transaction of the tenant; what is sealed under them opens then.
 */
export async function storeDataKeys(tx: Transaction, tenantId: string, keys: readonly OpenDataKey[]): Promise<void> {
  const kek = await heldPrimary(tx);
  for (const { version, algorithm, key } of keys) {
    const wrapped = await wrapKey(kek, tenantId, version, key);
    await tx.$executeRaw`
      INSERT INTO data_keys (tenant_id, version, wrapped, kek_version, algorithm)
      VALUES (${tenantId}::uuid, ${version}::int, ${wrapped}, ${kek.version}::int, ${algorithm})
      ON CONFLICT (tenant_id, version) DO UPDATE SET wrapped = EXCLUDED.wrapped, kek_version = EXCLUDED.kek_version`;
  }
}
