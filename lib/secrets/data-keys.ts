import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Transaction } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { VersionedKey } from "./aead";
import type { Algorithm } from "./contract";
import { dataKeyLabel, heldPrimary, kekOf, keyringScope } from "./keys/keyring";
import type { Kek } from "./keys/provider";
import { providerOf } from "./keys/providers";
import { countWrap, pendingUses } from "./keys/uses";

/** A tenant's data key as it lies in the database. */
export interface StoredKey {
  version: number;
  wrapped: Uint8Array;
  kekVersion: number;
  algorithm: string;
  uses: bigint;
}

const COLUMNS = { version: true, wrapped: true, kekVersion: true, algorithm: true, uses: true } as const;

/** Oldest first; not those that were destroyed. */
export function storedKeys(tx: Transaction, tenantId: string): Promise<StoredKey[]> {
  return tx.dataKey.findMany({
    where: { tenantId, destroyedAt: null },
    orderBy: { version: "asc" },
    select: COLUMNS,
  });
}

/** The newest one, which nobody destroys until the transaction ends, even when another one replaces it meanwhile. */
async function heldNewest(tx: Transaction, tenantId: string): Promise<StoredKey | undefined> {
  const [row] = await tx.$queryRaw<(Omit<StoredKey, "kekVersion"> & { kek_version: number })[]>`
    SELECT version, wrapped, kek_version, algorithm, uses FROM data_keys
    WHERE tenant_id = ${tenantId}::uuid ORDER BY version DESC LIMIT 1 FOR KEY SHARE`;
  if (!row) return undefined;
  const { kek_version: kekVersion, ...stored } = row;
  return { ...stored, kekVersion };
}

/** The key that seals what is new, made at the first use and made anew when the last one was used enough. */
export async function sealingKey(tx: Transaction, tenantId: string): Promise<VersionedKey> {
  let stored = await heldNewest(tx, tenantId);
  const used = stored && Number(stored.uses) + pendingUses(tenantId, stored.version) >= env().DATA_KEY_USES;
  if (!stored || used) {
    await addDataKey(tx, tenantId, (stored?.version ?? 0) + 1);
    stored = await heldNewest(tx, tenantId);
  }
  if (!stored) throw new AppError("internal", "A data key was made and is not there.");
  return unwrapped(tx, tenantId, stored);
}

/** The newest key, however often it was used; `null` when there is none. Held as for sealing. */
export async function newestKey(tx: Transaction, tenantId: string): Promise<VersionedKey | null> {
  const stored = await heldNewest(tx, tenantId);
  return stored ? unwrapped(tx, tenantId, stored) : null;
}

/** Looks keys up by their versions, unwrapping only what is asked for; `null` where there is none. */
export async function openingKeys(
  tx: Transaction,
  tenantId: string,
): Promise<(version: number) => Promise<VersionedKey | null>> {
  let stored = await storedKeys(tx, tenantId);
  const opened = new Map<number, Promise<VersionedKey>>();
  const find = (version: number) => stored.find((key) => key.version === version);
  return async (version) => {
    let row = find(version);
    if (!row) {
      // Made a moment ago, and what we read was sealed again under it since.
      stored = await storedKeys(tx, tenantId);
      row = find(version);
    }
    if (!row) return null;
    const key = opened.get(version) ?? unwrapped(tx, tenantId, row);
    opened.set(version, key);
    return key;
  };
}

/** Adds this version, unless somebody else did. */
export async function addDataKey(tx: Transaction, tenantId: string, version: number, madeBy = "system"): Promise<void> {
  const kek = await heldPrimary(tx);
  const key = randomBytes(32);
  const wrapped = await wrapKey(kek, tenantId, version, key);
  key.fill(0);
  await tx.$executeRaw`
    INSERT INTO data_keys (tenant_id, version, wrapped, kek_version, algorithm, made_by, announced)
    VALUES (${tenantId}::uuid, ${version}::int, ${wrapped}, ${kek.version}::int, ${env().KEY_ALGORITHM}, ${madeBy},
      ${version === 1}) ON CONFLICT DO NOTHING`;
}

export async function wrapKey(
  kek: Kek,
  tenantId: string,
  version: number,
  key: Uint8Array,
): Promise<Buffer<ArrayBuffer>> {
  const wrapped = await providerOf(kek).wrap(kek, key, dataKeyLabel(tenantId, version));
  countWrap(kek.version);
  return wrapped;
}

/** Opens a wrapped data key, whatever is remembered. */
export async function unwrapKey(
  tx: Transaction,
  tenantId: string,
  { version, wrapped, kekVersion }: Pick<StoredKey, "version" | "wrapped" | "kekVersion">,
): Promise<Buffer> {
  const kek = await kekOf(tx, kekVersion);
  return providerOf(kek).unwrap(kek, wrapped, dataKeyLabel(tenantId, version));
}

const REMEMBERED_MS = 60_000;
const MOST = 10_000;

interface Remembered {
  wrapped: Uint8Array;
  kekVersion: number;
  key: Buffer;
  until: number;
}

// For a token or a service, which take their time. Zeroed when it ends; who asks gets a copy.
const remembered = new Map<string, Remembered>();
let scope = "";
let sweeping: NodeJS.Timeout | undefined;

async function unwrapped(tx: Transaction, tenantId: string, stored: StoredKey): Promise<VersionedKey> {
  const { version, wrapped, kekVersion } = stored;
  const algorithm = stored.algorithm as Algorithm;
  // Refused ones are refused, remembered or not.
  await kekOf(tx, kekVersion);
  if (scope !== keyringScope()) forget();
  const name = `${tenantId}|${version}`;
  const before = remembered.get(name);
  if (before && before.kekVersion === kekVersion && before.until > performance.now() && equal(before.wrapped, wrapped))
    return { version, algorithm, key: Buffer.from(before.key) };
  const key = await unwrapKey(tx, tenantId, stored);
  remember(name, { wrapped, kekVersion, key: Buffer.from(key), until: performance.now() + REMEMBERED_MS });
  return { version, algorithm, key };
}

const equal = (one: Uint8Array, other: Uint8Array) => one.length === other.length && timingSafeEqual(one, other);

function remember(name: string, entry: Remembered): void {
  remembered.get(name)?.key.fill(0);
  remembered.delete(name);
  remembered.set(name, entry);
  const [oldest] = remembered;
  if (remembered.size > MOST && oldest) drop(...oldest);
  if (!sweeping) sweeping = setInterval(sweep, REMEMBERED_MS / 2).unref();
}

function drop(name: string, { key }: Remembered): void {
  key.fill(0);
  remembered.delete(name);
}

function sweep(): void {
  for (const [name, entry] of remembered) if (entry.until <= performance.now()) drop(name, entry);
}

/** Zeroes all keys that are remembered. */
export function forget(): void {
  for (const [name, entry] of [...remembered]) drop(name, entry);
  scope = keyringScope();
}
