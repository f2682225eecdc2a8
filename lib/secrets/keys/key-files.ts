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
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { decrypt, encrypt } from "../aead";
import type { Kek, KeyProvider } from "./provider";

const cached = new Map<string, Buffer>();

/** The first key's own file; each newer one lies beside it: `master.key`, `master.key.2`, `master.key.3`. */
export function keyFile(version = 1): string {
  const { KEY_FILE, DATA_DIR } = env();
  const first = KEY_FILE ?? path.join(DATA_DIR, "keys", "master.key");
  return version === 1 ? first : `${first}.${version}`;
}

/** The key in the file, looked at once per process; `key_mismatch` when it is not there. */
export function readKey(version: number): Buffer {
  const file = keyFile(version);
  const known = cached.get(file);
  if (known) return known;
  const key = readFile(file);
  if (!key)
    throw new AppError(
      "key_mismatch",
      `The key file ${file} is missing, and secrets are sealed under it. Put it back.`,
    );
  cached.set(file, key);
  return key;
}

function readFile(file: string): Buffer | null {
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

/** The key of this version: the one that lies there, or a new one in a file of mode 0600. KEY_FILE itself is never made. */
export function readOrMakeKey(version: number): Buffer {
  const file = keyFile(version);
  const key = cached.get(file) ?? readFile(file) ?? create(file, version === 1 && env().KEY_FILE !== undefined);
  cached.set(file, key);
  return key;
}

function create(file: string, named: boolean): Buffer {
  if (named) throw new AppError("not_ready", `KEY_FILE names ${file}, which does not exist.`);
  const folder = path.dirname(file);
  if (env().KEY_FILE === undefined) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
  }
  const key = randomBytes(32);
  const draft = `${file}.${process.pid}.new`;
  const handle = openSync(/*turbopackIgnore: true*/ draft, "wx", 0o600);
  writeSync(handle, `${key.toString("base64")}\n`);
  fsyncSync(handle);
  closeSync(handle);
  try {
    // Unlike a rename, a link never replaces the key that another process made in the same moment.
    linkSync(draft, file);
    syncFolder(folder);
    return key;
  } catch (error) {
    const other = readFile(file);
    if (other) return other;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Without it a power failure may take the file's name, and with it all that was sealed meanwhile. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(/*turbopackIgnore: true*/ folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

export function fingerprint(key: Uint8Array): string {
  return createHash("sha256").update("signalbox key fingerprint\0").update(key).digest("hex").slice(0, 32);
}

export function anotherKey(): AppError {
  return new AppError(
    "key_mismatch",
    "The secrets of this database are sealed under another key file. Put that file back, or set KEY_FILE to it.",
  );
}

// By the keyring's own object: a keyring that is read anew looks at the files' names anew.
const checked = new WeakMap<Kek, Buffer>();

function keyOf(kek: Kek): Buffer {
  const known = checked.get(kek);
  if (known) return known;
  const key = readKey(kek.version);
  if (fingerprint(key) !== kek.keyId) throw anotherKey();
  checked.set(kek, key);
  return key;
}

/** Keys in files beside us. A file that lies ready for a version is taken: that is how replicas get one. */
export const keyFiles: KeyProvider = {
  concurrency: 1,
  tries: 20,
  async generate(version) {
    try {
      return fingerprint(readOrMakeKey(version));
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      const file = keyFile(version);
      throw new AppError(
        "not_ready",
        `The new key file ${file} cannot be written. Put one there, on every replica: openssl rand -base64 32.`,
        {},
        { cause },
      );
    }
  },
  async wrap(kek, bytes, context) {
    return encrypt({ ...kek, key: keyOf(kek) }, bytes, context);
  },
  async unwrap(kek, wrapped, context) {
    return decrypt(async (version) => (version === kek.version ? { ...kek, key: keyOf(kek) } : null), wrapped, context);
  },
  async health(kek) {
    let key: Buffer | null;
    try {
      key = readFile(keyFile(kek.version));
    } catch (cause) {
      throw new AppError("not_ready", "The key file cannot be used.", {}, { cause });
    }
    if (!key) throw new AppError("key_mismatch", "The key file is missing.");
    if (fingerprint(key) !== kek.keyId) throw anotherKey();
  },
};
