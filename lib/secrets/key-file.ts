import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { type Transaction, withPlatform } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { decrypt } from "./aead";

const KEYS_TRIED = 20;

let cached: { file: string; key: Buffer } | undefined;

function keyFile(): string {
  const { KEY_FILE, DATA_DIR } = env();
  return KEY_FILE ?? path.join(DATA_DIR, "keys", "master.key");
}

/** The 32-byte key that wraps every data key. Made at the first start only; mode 0600, or it is refused. */
function masterKey(firstStart: boolean): Buffer {
  const file = keyFile();
  if (cached?.file === file) return cached.key;
  const key = read(file) ?? (firstStart ? create(file, env().KEY_FILE !== undefined) : missing(file));
  cached = { file, key };
  return key;
}

function missing(file: string): never {
  throw new AppError("key_mismatch", `The key file ${file} is missing, and secrets are sealed under it. Put it back.`);
}

function read(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(/*turbopackIgnore: true*/ file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  if (process.platform !== "win32" && othersMayRead(statSync(/*turbopackIgnore: true*/ file), process.getuid?.())) {
    throw new AppError("not_ready", `The key file ${file} may be read by others. Run chmod 600 on it.`);
  }
  const key = Buffer.from(text, "base64");
  if (key.length !== 32) throw new AppError("not_ready", `The key file ${file} must hold 32 bytes in base64.`);
  return key;
}

/** A file that somebody else owns, as a mounted secret of Kubernetes is root's, can reach us through our group only. */
export function othersMayRead({ mode, uid }: { mode: number; uid: number }, own: number | undefined): boolean {
  return (mode & (uid === own ? 0o077 : 0o037)) !== 0;
}

function create(file: string, named: boolean): Buffer {
  if (named) throw new AppError("not_ready", `KEY_FILE names ${file}, which does not exist.`);
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const key = randomBytes(32);
  const draft = `${file}.${process.pid}`;
  const handle = openSync(/*turbopackIgnore: true*/ draft, "wx", 0o600);
  writeSync(handle, `${key.toString("base64")}\n`);
  fsyncSync(handle);
  closeSync(handle);
  try {
    // Unlike a rename, a link never replaces the key that another process made in the same moment.
    linkSync(draft, file);
    return key;
  } catch (error) {
    const other = read(file);
    if (other) return other;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

export function fingerprint(key: Buffer): string {
  return createHash("sha256").update("signalbox key fingerprint\0").update(key).digest("hex").slice(0, 32);
}

/** Binds the database to this key at the first use; `key_mismatch` when secrets lie sealed under another one. */
export async function checkKey(): Promise<void> {
  await withPlatform((tx) => bindKey(tx));
}

export async function bindKey(tx: Transaction): Promise<Buffer> {
  const known = await tx.keyFingerprint.findUnique({ where: { id: 1 } });
  const sealed = known ? [] : await someDataKeys(tx, 1);
  const key = masterKey(!known && sealed.length === 0);
  const own = fingerprint(key);
  if (!known && sealed.every((row) => opens(key, row))) {
    await tx.$executeRaw`INSERT INTO key_fingerprints (id, fingerprint) VALUES (1, ${own}) ON CONFLICT DO NOTHING`;
    const stored = await tx.keyFingerprint.findUniqueOrThrow({ where: { id: 1 } });
    if (stored.fingerprint === own) return key;
  } else if (known?.fingerprint === own) return key;
  throw anotherKey();
}

function anotherKey(): AppError {
  return new AppError(
    "key_mismatch",
    "The secrets of this database are sealed under another key file. Put that file back, or set KEY_FILE to it.",
  );
}

export const dataKeyLabel = (tenantId: string) => `data key|${tenantId}`;

interface WrappedKey {
  tenant_id: string;
  wrapped: Uint8Array;
}

function someDataKeys(tx: Transaction, most: number): Promise<WrappedKey[]> {
  return tx.$queryRaw<WrappedKey[]>`SELECT tenant_id, wrapped FROM some_data_keys(${most}::int)`;
}

function opens(key: Buffer, { tenant_id, wrapped }: WrappedKey): boolean {
  try {
    decrypt(key, wrapped, dataKeyLabel(tenant_id));
    return true;
  } catch {
    return false;
  }
}

/**
 * Throws unless the key file, as it is on the disk now, opens what was sealed under it: it may have gone or changed since it was
 * read. Tries some of the tenants' keys, other ones each time. No message names a path, for anybody may read them.
 */
export async function checkKeyFile(): Promise<void> {
  let key: Buffer | null;
  try {
    key = read(keyFile());
  } catch (cause) {
    throw new AppError("not_ready", "The key file cannot be used.", {}, { cause });
  }
  if (!key) throw new AppError("key_mismatch", "The key file is missing.");
  await withPlatform(async (tx) => {
    const known = await tx.keyFingerprint.findUnique({ where: { id: 1 } });
    if (known && known.fingerprint !== fingerprint(key)) throw anotherKey();
    const closed = (await someDataKeys(tx, KEYS_TRIED)).filter((row) => !opens(key, row));
    if (closed.length > 0) throw new AppError("key_mismatch", "The key file does not open every tenant's key.");
  });
}
