import { tenantsElsewhere, withPlatform, withTenant } from "@/lib/database";

/**
 * How often keys were used, since it was written down last. Kept here and written now and then, so that who seals waits for
 * nothing: a process that is killed loses some thousands at most, and the limit is half of what the nonces would stand.
 */
const pending = new Map<string, number>();

const nameOf = (tenantId: string, version: number) => `${tenantId}|${version}`;
const KEK = "";

export function countUse(tenantId: string, version: number): void {
  const name = nameOf(tenantId, version);
  pending.set(name, (pending.get(name) ?? 0) + 1);
}

export function pendingUses(tenantId: string, version: number): number {
  return pending.get(nameOf(tenantId, version)) ?? 0;
}

export const countWrap = (kekVersion: number, times = 1) => {
  const name = nameOf(KEK, kekVersion);
  pending.set(name, (pending.get(name) ?? 0) + times);
};

interface Count {
  tenantId: string;
  version: number;
  uses: number;
}

/** Writes down what was counted. What cannot be written is counted the next time. */
export async function writeUses(): Promise<void> {
  const taken: Count[] = [...pending].map(([name, uses]) => {
    const [tenantId = "", version] = name.split("|");
    return { tenantId, version: Number(version), uses };
  });
  pending.clear();
  const left = new Set(taken);
  try {
    const ofTenants = taken.filter(({ tenantId }) => tenantId !== KEK);
    if (ofTenants.length > 0) for (const count of await writeShared(ofTenants)) left.delete(count);
    for (const count of [...left]) {
      await (count.tenantId === KEK ? writeKek(count) : writeElsewhere(count));
      left.delete(count);
    }
  } finally {
    for (const { tenantId, version, uses } of left) {
      const name = nameOf(tenantId, version);
      pending.set(name, (pending.get(name) ?? 0) + uses);
    }
  }
}

async function writeShared(counts: readonly Count[]): Promise<Count[]> {
  const elsewhere = new Set(await tenantsElsewhere());
  // In one order, so that two processes never wait for each other.
  const shared = counts
    .filter(({ tenantId }) => !elsewhere.has(tenantId))
    .sort((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
  const written = await withPlatform(
    (tx) => tx.$queryRaw<{ tenant_id: string; version: number }[]>`
      SELECT tenant_id, version FROM count_data_key_uses(${shared.map((count) => count.tenantId)}::uuid[],
        ${shared.map((count) => count.version)}::int[], ${shared.map((count) => BigInt(count.uses))}::bigint[])`,
  );
  const names = new Set(written.map(({ tenant_id, version }) => nameOf(tenant_id, version)));
  return shared.filter(({ tenantId, version }) => names.has(nameOf(tenantId, version)));
}

// A row that is not there belongs to nobody any more: nothing is left to count.
const writeElsewhere = ({ tenantId, version, uses }: Count) =>
  withTenant(tenantId, (tx) =>
    tx.dataKey.updateMany({ where: { tenantId, version }, data: { uses: { increment: uses } } }),
  );

const writeKek = ({ version, uses }: Count) =>
  withPlatform((tx) => tx.keyEncryptionKey.updateMany({ where: { version }, data: { uses: { increment: uses } } }));
