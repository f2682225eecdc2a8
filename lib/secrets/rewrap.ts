import { setTimeout as pause } from "node:timers/promises";
import { type Transaction, tenantsElsewhere, withPlatform, withTenant } from "@/lib/database";
import { logger } from "@/lib/observability";
import { failpoint } from "@/lib/resilience";
import type { RewrapResult } from "./contract";
import { wrapKey } from "./data-keys";
import { dataKeyLabel, kekOf, readRing } from "./keys/keyring";
import type { Kek } from "./keys/provider";
import { providerOf } from "./keys/providers";

const BATCH = 1_000;
const TIMEOUT_MS = 120_000;

interface Row {
  tenant_id: string;
  version: number;
  kek_version: number;
  wrapped: Uint8Array;
}

interface Rewrapped extends Row {
  renewed: Buffer;
}

export interface Batches {
  size?: number;
  /** After each batch of the shared tables: how many there were so far. */
  onBatch?: (rewrapped: number) => void;
}

/**
 * Wraps every data key anew that an older key wraps, under the newest one. Nobody waits: keys are read as they were until a batch
 * is committed. Killed in the midst it goes on where it was; any number may run at once. What does not open stays as it is.
 */
export async function rewrapAll({ size = BATCH, onBatch }: Batches = {}): Promise<RewrapResult> {
  const { primary } = await readRing();
  let rewrapped = 0;
  let after: Pick<Row, "tenant_id" | "version"> | null = { tenant_id: FIRST, version: 0 };
  while (after) {
    const batch = await rewrapBatch(primary, after, size);
    rewrapped += batch.rewrapped;
    onBatch?.(rewrapped);
    after = batch.last;
  }
  for (const tenantId of await tenantsElsewhere()) rewrapped += await rewrapTenant(primary, tenantId);
  return { rewrapped, left: await countOlder(primary.version) };
}

const FIRST = "00000000-0000-0000-0000-000000000000";

async function rewrapBatch(
  primary: Kek,
  after: Pick<Row, "tenant_id" | "version">,
  size: number,
): Promise<{ rewrapped: number; last: Row | null }> {
  return withPlatform(
    async (tx) => {
      const rows = await tx.$queryRaw<Row[]>`
        SELECT tenant_id, version, kek_version, wrapped
        FROM data_keys_to_rewrap(${primary.version}::int, ${after.tenant_id}::uuid, ${after.version}::int, ${size}::int)`;
      if (rows.length === 0) return { rewrapped: 0, last: null };
      const renewed = await renewAll(tx, primary, rows);
      failpoint("keys.rewrapping");
      await tx.$queryRaw`
        SELECT store_rewrapped_keys(${renewed.map((row) => row.tenant_id)}::uuid[], ${renewed.map((row) => row.version)}::int[],
          ${renewed.map((row) => row.renewed.toString("base64"))}::text[], ${primary.version}::int)`;
      return { rewrapped: renewed.length, last: rows[rows.length - 1] ?? null };
    },
    { timeout: TIMEOUT_MS },
  );
}

function rewrapTenant(primary: Kek, tenantId: string): Promise<number> {
  return withTenant(
    tenantId,
    async (tx) => {
      const older = await tx.dataKey.findMany({
        where: { tenantId, kekVersion: { lt: primary.version }, destroyedAt: null },
      });
      const rows = older.map(({ version, kekVersion, wrapped }) => ({
        tenant_id: tenantId,
        version,
        kek_version: kekVersion,
        wrapped,
      }));
      const renewed = await renewAll(tx, primary, rows);
      for (const { version, kek_version, renewed: wrapped } of renewed)
        await tx.dataKey.updateMany({
          where: { tenantId, version, kekVersion: kek_version, destroyedAt: null },
          data: { wrapped: Buffer.from(wrapped), kekVersion: primary.version },
        });
      return renewed.length;
    },
    { timeout: TIMEOUT_MS },
  );
}

/** As many at once as the providers like; those that do not open are left out and told. */
async function renewAll(tx: Transaction, primary: Kek, rows: readonly Row[]): Promise<Rewrapped[]> {
  const renewed: Rewrapped[] = [];
  const keks = new Map<number, Promise<Kek>>();
  const unwrap = async ({ tenant_id, version, kek_version, wrapped }: Row) => {
    const kek = keks.get(kek_version) ?? kekOf(tx, kek_version);
    keks.set(kek_version, kek);
    return providerOf(await kek).unwrap(await kek, wrapped, dataKeyLabel(tenant_id, version));
  };
  const queue = rows.values();
  const one = async () => {
    for (const row of queue) {
      try {
        const key = await unwrap(row);
        renewed.push({ ...row, renewed: await wrapKey(primary, row.tenant_id, row.version, key) });
        key.fill(0);
      } catch (err) {
        logger("secrets").error({ err, tenantId: row.tenant_id, version: row.version }, "a data key was not rewrapped");
      }
      // A file's key never waits, so without this nobody else would be served meanwhile.
      if (renewed.length % 200 === 199) await pause(0);
    }
  };
  await Promise.all(Array.from({ length: providerOf(primary).concurrency }, one));
  return renewed;
}

/** How many data keys an older key than this wraps. */
export async function countOlder(version: number): Promise<number> {
  return withPlatform(async (tx) => {
    const rows = await tx.$queryRaw<{ kek_version: number; data_keys: bigint }[]>`
      SELECT kek_version, data_keys FROM count_data_keys()`;
    return rows.filter((row) => row.kek_version < version).reduce((sum, row) => sum + Number(row.data_keys), 0);
  }).then(async (shared) => {
    let elsewhere = 0;
    for (const tenantId of await tenantsElsewhere())
      elsewhere += await withTenant(tenantId, (tx) =>
        tx.dataKey.count({ where: { tenantId, kekVersion: { lt: version }, destroyedAt: null } }),
      );
    return shared + elsewhere;
  });
}
