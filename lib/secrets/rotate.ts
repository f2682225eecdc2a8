import { randomBytes } from "node:crypto";
import { directoryOf, type Transaction, tenantsElsewhere, withPlatform, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { addDataKey, storedKeys } from "./data-keys";
import { forgetKeyring, readKeyring } from "./keys/keyring";
import type { Kek } from "./keys/provider";
import { nextProvider, providerOf } from "./keys/providers";
import { countOlder } from "./rewrap";

/**
 * Makes the next key-encryption key, which wraps what is new from the commit on; `rewrapAll` follows. In a transaction of the
 * installation's log. `unless`: what somebody else may have done meanwhile.
 */
export async function addKek(
  tx: Transaction,
  createdBy: string,
  unless: (primary: Kek & { createdAt: Date }) => boolean = () => false,
): Promise<Kek | null> {
  await directoryOf(tx).$queryRaw`SELECT 1 AS held FROM keyring FOR UPDATE`;
  const newest = await tx.keyEncryptionKey.findFirst({ orderBy: { version: "desc" } });
  const ring = await readKeyring(tx);
  if (!ring || !newest) throw new AppError("not_ready", "There is no key yet. `signalbox start` makes the first one.");
  if (unless({ ...ring.primary, createdAt: newest.createdAt })) return null;
  const version = ring.primary.version + 1;
  const { provider, algorithm } = nextProvider();
  const kek: Kek = { version, provider, algorithm, keyId: await providerOf({ provider }).generate(version, algorithm) };
  await tryOut(kek);
  await tx.keyEncryptionKey.create({ data: { ...kek, createdBy } });
  forgetKeyring();
  return kek;
}

/** Nothing is wrapped by a key that does not open it again. */
async function tryOut(kek: Kek): Promise<void> {
  const bytes = randomBytes(32);
  const provider = providerOf(kek);
  const opened = await provider.unwrap(kek, await provider.wrap(kek, bytes, "key check"), "key check");
  if (!opened.equals(bytes)) throw new AppError("not_ready", "The new key does not open what it wrapped.");
}

/** From now on keys older than this are refused. Refused itself while one of them still wraps something. */
export async function raiseMinimum(tx: Transaction, version: number): Promise<void> {
  await directoryOf(tx).$queryRaw`SELECT 1 AS held FROM keyring FOR UPDATE`;
  const ring = await readKeyring(tx);
  if (!ring || version > ring.primary.version) throw new AppError("not_found", `There is no key ${version}.`);
  if (version < ring.minimum)
    throw new AppError("conflict", `The minimum version is ${ring.minimum} already, and never goes down.`);
  const left = await countOlder(version);
  if (left > 0)
    throw new AppError("in_use", `${left} data keys are wrapped by an older key still. Rewrap them first.`, { left });
  await tx.keyring.update({ where: { id: 1 }, data: { minimumVersion: version } });
  forgetKeyring();
}

/** Gives a tenant the next version of its data key: it seals what is new, the older ones open. In a transaction of the tenant. */
export async function addNextDataKey(
  tx: Transaction,
  tenantId: string,
  madeBy: string,
  current?: number,
): Promise<void> {
  const newest = (await storedKeys(tx, tenantId)).at(-1)?.version ?? 0;
  // Somebody else was faster.
  if (current !== undefined && newest !== current) return;
  await addDataKey(tx, tenantId, newest + 1, madeBy);
}

export interface DueKeys {
  /** With this many uses, or made before that instant. */
  uses: number;
  before: Date;
}

/** Whose newest data key is due, in whatever place they are. */
export async function dueDataKeys(
  { uses, before }: DueKeys,
  most: number,
): Promise<{ tenantId: string; version: number }[]> {
  const rows = await withPlatform(
    (tx) => tx.$queryRaw<{ tenant_id: string; version: number }[]>`
      SELECT tenant_id, version FROM most_used_data_keys(${BigInt(uses)}::bigint, ${before}, ${most}::int)`,
  );
  const due = rows.map(({ tenant_id, version }) => ({ tenantId: tenant_id, version }));
  for (const tenantId of await tenantsElsewhere()) {
    if (due.length >= most) break;
    const newest = await withTenant(tenantId, (tx) =>
      tx.dataKey.findFirst({ where: { tenantId }, orderBy: { version: "desc" }, omit: { wrapped: true } }),
    );
    if (newest && (Number(newest.uses) >= uses || newest.createdAt < before))
      due.push({ tenantId, version: newest.version });
  }
  return due;
}
