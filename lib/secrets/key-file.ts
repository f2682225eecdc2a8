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

let cached: { file: string; key: Buffer } | undefined;

/** The 32-byte key that wraps every data key. Made at the first start; mode 0600, or it is refused. */
export function masterKey(): Buffer {
  const { KEY_FILE, DATA_DIR } = env();
  const file = KEY_FILE ?? path.join(DATA_DIR, "keys", "master.key");
  if (cached?.file === file) return cached.key;
  const key = read(file) ?? create(file, KEY_FILE !== undefined);
  cached = { file, key };
  return key;
}

function read(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
    throw new AppError("not_ready", `The key file ${file} may be read by others. Run chmod 600 on it.`);
  }
  const key = Buffer.from(text, "base64");
  if (key.length !== 32) throw new AppError("not_ready", `The key file ${file} must hold 32 bytes in base64.`);
  return key;
}

function create(file: string, named: boolean): Buffer {
  if (named) throw new AppError("not_ready", `KEY_FILE names ${file}, which does not exist.`);
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const key = randomBytes(32);
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, "wx", 0o600);
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
  const key = masterKey();
  const own = fingerprint(key);
  const known = await tx.keyFingerprint.findUnique({ where: { id: 1 } });
  if (!known) {
    await tx.$executeRaw`INSERT INTO key_fingerprints (id, fingerprint) VALUES (1, ${own}) ON CONFLICT DO NOTHING`;
    const stored = await tx.keyFingerprint.findUniqueOrThrow({ where: { id: 1 } });
    if (stored.fingerprint === own) return key;
  } else if (known.fingerprint === own) return key;
  throw new AppError(
    "key_mismatch",
    "The secrets of this database are sealed under another key file. Put that file back, or set KEY_FILE to it.",
  );
}
