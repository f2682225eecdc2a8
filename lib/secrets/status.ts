import { type Transaction, tenantsElsewhere, withPlatform, withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import type { Algorithm, DataKeyDto, KeyDto, KeyringDto } from "./contract";
import { readKeyring } from "./keys/keyring";
import type { Kek } from "./keys/provider";
import { nextProvider, providerOf } from "./keys/providers";

const MOST_SHOWN = 10;

/** The keyring as operators see it: names, counts and health, never a key. */
export async function describeKeyring(): Promise<KeyringDto> {
  const elsewhere = await countElsewhere();
  return withPlatform(async (tx) => {
    const ring = await readKeyring(tx);
    if (!ring) throw new AppError("not_ready", "There is no key yet. `signalbox start` makes the first one.");
    const counts = await countsByKey(tx, elsewhere.versions);
    const rows = await tx.keyEncryptionKey.findMany({ orderBy: { version: "desc" } });
    const keys: KeyDto[] = [];
    for (const row of rows) {
      const kek = ring.keys.find(({ version }) => version === row.version);
      if (!kek) continue;
      const state = kek === ring.primary ? "primary" : kek.version < ring.minimum ? "refused" : "older";
      keys.push({
        ...kek,
        state,
        uses: Number(row.uses),
        dataKeys: counts.get(kek.version) ?? 0,
        createdAt: row.createdAt.toISOString(),
        createdBy: row.createdBy,
        ...(state === "refused" ? { ok: true, detail: "" } : await healthOf(kek)),
      });
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const { DATA_KEY_USES, KEY_ROTATION_DAYS, DATA_KEY_ROTATION_DAYS } = env();
    return {
      minimumVersion: ring.minimum,
      keys,
      dataKeys: {
        total,
        rewrapped: counts.get(ring.primary.version) ?? 0,
        usesLimit: DATA_KEY_USES,
        replaced: await replacedKeys(tx, elsewhere.replaced),
        mostUsed: await mostUsed(tx),
      },
      provider: nextProvider().provider,
      rotation: { keys: KEY_ROTATION_DAYS, dataKeys: DATA_KEY_ROTATION_DAYS },
    };
  });
}

async function healthOf(kek: Kek): Promise<{ ok: boolean; detail: string }> {
  try {
    await providerOf(kek).health(kek);
    return { ok: true, detail: "" };
  } catch (err) {
    logger("secrets").warn({ err, version: kek.version }, "a key cannot be used");
    return { ok: false, detail: err instanceof AppError ? err.message : "The key's provider does not answer." };
  }
}

async function countsByKey(tx: Transaction, elsewhere: readonly number[]): Promise<Map<number, number>> {
  const rows = await tx.$queryRaw<{ kek_version: number; data_keys: bigint }[]>`
    SELECT kek_version, data_keys FROM count_data_keys()`;
  const counts = new Map(rows.map((row) => [row.kek_version, Number(row.data_keys)]));
  for (const version of elsewhere) counts.set(version, (counts.get(version) ?? 0) + 1);
  return counts;
}

interface Elsewhere {
  /** Of each data key outside of the shared tables, which key wraps it. */
  versions: number[];
  replaced: Replaced;
}

type Replaced = KeyringDto["dataKeys"]["replaced"];

async function countElsewhere(): Promise<Elsewhere> {
  const versions: number[] = [];
  const replaced: Replaced = { sealing: 0, unused: 0, destroyed: 0 };
  for (const tenantId of await tenantsElsewhere()) {
    const rows = await withTenant(tenantId, (tx) =>
      tx.dataKey.findMany({ where: { tenantId }, orderBy: { version: "asc" }, omit: { wrapped: true } }),
    );
    versions.push(...rows.filter(({ destroyedAt }) => !destroyedAt).map(({ kekVersion }) => kekVersion));
    for (const { unusedSince, destroyedAt } of rows.slice(0, -1))
      replaced[destroyedAt ? "destroyed" : unusedSince ? "unused" : "sealing"] += 1;
  }
  return { versions, replaced };
}

async function replacedKeys(tx: Transaction, elsewhere: Replaced): Promise<Replaced> {
  const [shared] = await tx.$queryRaw<{ sealing: bigint; unused: bigint; destroyed: bigint }[]>`
    SELECT coalesce(sum(sealing), 0)::bigint AS sealing, coalesce(sum(unused), 0)::bigint AS unused,
      coalesce(sum(destroyed), 0)::bigint AS destroyed FROM replaced_data_keys()`;
  return {
    sealing: elsewhere.sealing + Number(shared?.sealing ?? 0),
    unused: elsewhere.unused + Number(shared?.unused ?? 0),
    destroyed: elsewhere.destroyed + Number(shared?.destroyed ?? 0),
  };
}

interface Used {
  tenant_id: string;
  version: number;
  kek_version: number;
  algorithm: string;
  uses: bigint;
  created_at: Date;
}

async function mostUsed(tx: Transaction): Promise<DataKeyDto[]> {
  const rows = await tx.$queryRaw<Used[]>`
    SELECT tenant_id, version, kek_version, algorithm, uses, created_at
    FROM most_used_data_keys(0::bigint, now(), ${MOST_SHOWN}::int)`;
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    version: row.version,
    kekVersion: row.kek_version,
    algorithm: row.algorithm as Algorithm,
    uses: Number(row.uses),
    createdAt: row.created_at.toISOString(),
  }));
}
