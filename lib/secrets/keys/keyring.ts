import { directoryOf, type Transaction, withPlatform } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Algorithm, ProviderName } from "../contract";
import { anotherKey, fingerprint, readKey, readOrMakeKey } from "./key-files";
import type { Kek } from "./provider";
import { nextProvider, providerOf } from "./providers";

export interface Keyring {
  /** Oldest first; never empty. */
  keys: readonly Kek[];
  primary: Kek;
  minimum: number;
}

/** How long a process goes on with what it knows: a minimum version reaches all within it. */
const KNOWN_MS = 5_000;

let known: { scope: string; ring: Keyring; at: number } | undefined;

/** Two databases, or two folders of keys, in one process are two keyrings: tests have them. */
export function keyringScope(): string {
  const { DATABASE_URL, KEY_FILE, DATA_DIR } = env();
  return [DATABASE_URL, KEY_FILE, DATA_DIR].join("\0");
}

export function forgetKeyring(): void {
  known = undefined;
}

/** The keyring, which is bound to the first key at the first use. */
export async function keyring(tx: Transaction): Promise<Keyring> {
  const scope = keyringScope();
  if (known?.scope === scope && performance.now() - known.at < KNOWN_MS) return known.ring;
  const ring = (await readKeyring(tx)) ?? (await bindFirst(tx));
  known = { scope, ring, at: performance.now() };
  return ring;
}

/** The newest key, which stays the newest until the transaction ends: what it wraps cannot be refused before it is there. */
export async function heldPrimary(tx: Transaction): Promise<Kek> {
  await directoryOf(tx).$queryRaw`SELECT 1 AS held FROM keyring FOR SHARE`;
  forgetKeyring();
  return (await keyring(tx)).primary;
}

/** As it is now. */
export async function readKeyring(tx: Transaction): Promise<Keyring | null> {
  const rows = await tx.keyEncryptionKey.findMany({ orderBy: { version: "asc" } });
  const keys = rows.map(
    ({ version, provider, keyId, algorithm }): Kek => ({
      version,
      keyId,
      // Both are closed by a check of the table.
      provider: provider as ProviderName,
      algorithm: algorithm as Algorithm,
    }),
  );
  const primary = keys[keys.length - 1];
  if (!primary) return null;
  const { minimumVersion } = await tx.keyring.findUniqueOrThrow({ where: { id: 1 } });
  return { keys, primary, minimum: minimumVersion };
}

/** As it is now, outside of any work. */
export async function readRing(): Promise<Keyring> {
  const ring = await withPlatform(readKeyring);
  if (!ring) throw new AppError("not_ready", "There is no key yet. `signalbox start` makes the first one.");
  return ring;
}

interface WrappedKey {
  tenant_id: string;
  wrapped: Uint8Array;
  version: number;
  kek_version: number;
}

function someDataKeys(tx: Transaction, most: number): Promise<WrappedKey[]> {
  return tx.$queryRaw<WrappedKey[]>`
    SELECT tenant_id, wrapped, version, kek_version FROM public.some_data_keys(${most}::int)`;
}

/** What a wrapped data key is bound to. The first one's is as it was before there were versions. */
export const dataKeyLabel = (tenantId: string, version: number) =>
  version === 1 ? `data key|${tenantId}` : `data key|${tenantId}|${version}`;

/** Writes down the first key. A key file is made only while nothing is sealed, and must open what is. */
async function bindFirst(tx: Transaction): Promise<Keyring> {
  const directory = directoryOf(tx);
  const sealed = await someDataKeys(directory, 1);
  const { provider, algorithm } = sealed.length > 0 ? FIRST : nextProvider();
  let keyId: string;
  if (provider === "file") {
    const key = sealed.length > 0 ? readKey(1) : readOrMakeKey(1);
    keyId = fingerprint(key);
    const kek: Kek = { version: 1, provider, keyId, algorithm };
    for (const row of sealed) if (!(await opens(kek, row))) throw anotherKey();
  } else keyId = await providerOf({ provider }).generate(1, algorithm);
  await directory.$executeRaw`
    INSERT INTO key_encryption_keys (version, provider, key_id, algorithm)
    VALUES (1, ${provider}, ${keyId}, ${algorithm}) ON CONFLICT DO NOTHING`;
  const ring = await readKeyring(tx);
  if (!ring) throw new AppError("internal", "The keyring could not be written.");
  if (provider === "file" && ring.keys[0]?.keyId !== keyId) throw anotherKey();
  return ring;
}

const FIRST = { provider: "file", algorithm: "aes-256-gcm" } as const;

async function opens(kek: Kek, { tenant_id, version, wrapped }: WrappedKey): Promise<boolean> {
  try {
    (await providerOf(kek).unwrap(kek, wrapped, dataKeyLabel(tenant_id, version))).fill(0);
    return true;
  } catch {
    return false;
  }
}

/** The key that wrapped something; refused when it is older than the minimum version. */
export async function kekOf(tx: Transaction, version: number): Promise<Kek> {
  let ring = await keyring(tx);
  if (ring.primary.version < version) {
    // Somebody else made it a moment ago.
    forgetKeyring();
    ring = await keyring(tx);
  }
  if (version < ring.minimum)
    throw new AppError(
      "key_mismatch",
      `Key ${version} is older than the minimum version ${ring.minimum}, and refused.`,
    );
  const kek = ring.keys.find((key) => key.version === version);
  if (!kek) throw new AppError("key_mismatch", `The keyring has no key ${version}.`);
  return kek;
}

/** Binds the database to its first key at the first use; `key_mismatch` when secrets lie sealed under other ones. */
export async function checkKey(): Promise<void> {
  await withPlatform(async (tx) => {
    const ring = (await readKeyring(tx)) ?? (await bindFirst(tx));
    for (const kek of await inUse(tx, ring)) {
      if (kek.provider === "file") {
        // With the path in the message: this is for who starts the program.
        if (fingerprint(readKey(kek.version)) !== kek.keyId) throw anotherKey();
      } else await providerOf(kek).health(kek);
    }
  });
}

/** The newest one, and those that wrap something. */
async function inUse(tx: Transaction, { keys, primary, minimum }: Keyring): Promise<Kek[]> {
  const rows = await tx.$queryRaw<{ kek_version: number }[]>`SELECT kek_version FROM count_data_keys()`;
  const wrapping = new Set(rows.map(({ kek_version }) => kek_version));
  return keys.filter((kek) => kek === primary || (kek.version >= minimum && wrapping.has(kek.version)));
}

/**
 * Throws unless the keys, as they are now, open what was sealed under them: a file may have gone or changed since it was read.
 * Tries some of the tenants' keys, other ones each time. No message names a path, for anybody may read them.
 */
export async function checkKeyFile(): Promise<void> {
  await withPlatform(async (tx) => {
    const ring = await readKeyring(tx);
    if (!ring) throw new AppError("key_mismatch", "There is no key yet.");
    for (const kek of await inUse(tx, ring)) await providerOf(kek).health(kek);
    for (const row of await someDataKeys(tx, providerOf(ring.primary).tries)) {
      const kek = row.kek_version < ring.minimum ? undefined : ring.keys.find((key) => key.version === row.kek_version);
      if (!kek || !(await opens(kek, row)))
        throw new AppError("key_mismatch", "The key file does not open every tenant's key.");
    }
  });
}
