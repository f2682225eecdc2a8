import { setTimeout as pause } from "node:timers/promises";
import { type Transaction, tenantsElsewhere, withPlatform, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import { failpoint } from "@/lib/resilience";
import { decrypt, encrypt, type VersionedKey } from "./aead";
import type { SealAgainResult } from "./contract";
import { newestKey, openingKeys } from "./data-keys";
import { countUse } from "./keys/uses";
import { type Renewed, type SealedRow, storesOf } from "./sealed-stores";

const TIMEOUT_MS = 120_000;
/** What does not open is passed over; so much of it in one place is a matter for people. */
const MOST_FAILED = 100;
/** Longer than any transaction, and than any request that seals in one and stores in the next. */
const GRACE_MS = 600_000;

export interface SealAgainOptions {
  /** After each transaction: how many values there were so far. */
  onBatch?: (resealed: number) => void;
  /** How long nothing must have been found under a data key before it is destroyed. */
  graceMs?: number;
  most?: number;
}

/**
 * Seals again, under each tenant's newest data key, what an older one sealed, and destroys data keys that seal nothing any more.
 * Nobody waits: a value is read as it was until the commit, and who writes one meanwhile wins. Killed in the midst it goes on
 * where it was; any number may run at once. What does not open stays as it is, and its key with it.
 */
export async function sealAllAgain(options: SealAgainOptions = {}): Promise<SealAgainResult> {
  const result: SealAgainResult = { resealed: 0, destroyed: 0, left: 0 };
  for (const tenantId of await tenantsWithReplacedKeys()) {
    const report = (resealed: number) => {
      result.resealed += resealed;
      options.onBatch?.(result.resealed);
    };
    try {
      await sealTenantAgain(tenantId, options, report);
      const { destroyed, left } = await destroyUnused(tenantId, options.graceMs);
      result.destroyed += destroyed;
      result.left += left;
    } catch (err) {
      // The others need not wait for this one; the next turn tries it again.
      logger("secrets").error({ err, tenantId }, "what a tenant's older data keys sealed was not all sealed again");
      result.left += 1;
    }
    await pause(0);
  }
  return result;
}

async function tenantsWithReplacedKeys(): Promise<string[]> {
  const shared = await withPlatform(
    (tx) => tx.$queryRaw<{ tenant_id: string }[]>`
      SELECT tenant_id FROM replaced_data_keys() WHERE sealing + unused > 0`,
  );
  const tenants = shared.map(({ tenant_id }) => tenant_id);
  for (const tenantId of await tenantsElsewhere()) {
    const keys = await withTenant(tenantId, (tx) => tx.dataKey.count({ where: { tenantId, destroyedAt: null } }));
    if (keys > 1) tenants.push(tenantId);
  }
  return [...new Set(tenants)];
}

async function sealTenantAgain(
  tenantId: string,
  { most }: SealAgainOptions,
  report: (resealed: number) => void,
): Promise<void> {
  const stores = await withTenant(tenantId, async (tx) => {
    const left = [];
    for (const store of storesOf(tenantId)) if ((await store.versions(tx)).length > 0) left.push(store);
    return left;
  });
  for (const store of stores) {
    const failed: string[] = [];
    const limit = Math.min(most ?? store.most, store.most);
    for (let going = true; going && failed.length < MOST_FAILED; ) {
      const found = await withTenant(
        tenantId,
        async (tx) => {
          const key = await newestKey(tx, tenantId);
          if (!key) return { rows: 0, renewed: 0 };
          const rows = await store.take(tx, key.version, failed, limit);
          const renewed = await renewAll(tx, tenantId, key, rows, failed);
          failpoint("secrets.resealing");
          if (renewed.length > 0) await store.put(tx, renewed);
          return { rows: rows.length, renewed: renewed.length };
        },
        { timeout: TIMEOUT_MS },
      );
      if (found.renewed > 0) report(found.renewed);
      going = found.rows === limit;
    }
  }
}

async function renewAll(
  tx: Transaction,
  tenantId: string,
  key: VersionedKey,
  rows: readonly SealedRow[],
  failed: string[],
): Promise<Renewed[]> {
  const keyAt = await openingKeys(tx, tenantId);
  const renewed: Renewed[] = [];
  for (const row of rows) {
    const context = `${tenantId}|${row.bound}`;
    try {
      const plain = await decrypt(keyAt, row.sealed, context);
      const after = encrypt(key, plain, context);
      countUse(tenantId, key.version);
      const again = await decrypt(async (version) => (version === key.version ? key : null), after, context);
      if (!again.equals(plain)) throw new AppError("internal", "What was sealed again does not open to the same.");
      plain.fill(0);
      again.fill(0);
      renewed.push({ ...row, after });
    } catch (err) {
      failed.push(row.bound);
      logger("secrets").error({ err, tenantId, bound: row.bound }, "a value was not sealed again");
    }
  }
  key.key.fill(0);
  return renewed;
}

/**
 * Destroys replaced data keys under which nothing was found for a while: so long that who read a value before it was sealed again,
 * or has yet to write one that was sealed before, is done. `left`: those that are not destroyed yet.
 */
async function destroyUnused(tenantId: string, graceMs = GRACE_MS): Promise<{ destroyed: number; left: number }> {
  return withTenant(
    tenantId,
    async (tx) => {
      // Held alone: whoever sealed with one of them and has not committed yet makes it stay for now.
      const older = await tx.$queryRaw<{ version: number; unused_since: Date | null; over: boolean | null }[]>`
        SELECT version, unused_since, unused_since <= now() - ${graceMs} * interval '1 millisecond' AS over FROM data_keys
        WHERE tenant_id = ${tenantId}::uuid AND version < newest_data_key() AND destroyed_at IS NULL
        FOR UPDATE SKIP LOCKED`;
      const used = new Set<number>();
      if (older.length > 0)
        for (const store of storesOf(tenantId)) for (const version of await store.versions(tx)) used.add(version);
      // What names no key that there was is of the first one: it was sealed before values named theirs.
      const known = new Set(older.map(({ version }) => version));
      const isUsed = (version: number) =>
        used.has(version) || (version === 1 && [...used].some((one) => !known.has(one)));
      let destroyed = 0;
      for (const { version, unused_since: since, over } of older) {
        const where = { tenantId, version };
        if (isUsed(version)) {
          if (since) await tx.dataKey.updateMany({ where, data: { unusedSince: null } });
        } else if (!since)
          await tx.$executeRaw`
          UPDATE data_keys SET unused_since = now() WHERE tenant_id = ${tenantId}::uuid AND version = ${version}::int`;
        else if (over) {
          await tx.$executeRaw`
            UPDATE data_keys SET wrapped = '\\x00', destroyed_at = now(), announced = false
            WHERE tenant_id = ${tenantId}::uuid AND version = ${version}::int`;
          destroyed += 1;
        }
      }
      const there = await tx.dataKey.count({ where: { tenantId, destroyedAt: null } });
      return { destroyed, left: there - 1 };
    },
    { timeout: TIMEOUT_MS },
  );
}
