import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Algorithm } from "./contract";

const KEY = 32;
const NONCE = 12;
const TAG = 16;

export interface AeadKey {
  algorithm: Algorithm;
  key: Uint8Array;
}

function requireLength(what: string, bytes: Uint8Array, length: number): void {
  if (bytes.length !== length)
    throw new Error(`The ${what} must have ${length} bytes, and this one has ${bytes.length}.`);
}

/** ciphertext ‖ tag. A nonce is for one use: outside of tests only `encrypt` calls this, with a random one. */
export function sealWith(
  { algorithm, key }: AeadKey,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  context: Uint8Array,
): Buffer<ArrayBuffer> {
  requireLength("key", key, KEY);
  requireLength("nonce", nonce, NONCE);
  const cipher =
    algorithm === "aes-256-gcm"
      ? createCipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG })
      : createCipheriv("chacha20-poly1305", key, nonce, { authTagLength: TAG });
  cipher.setAAD(context, { plaintextLength: plaintext.length });
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Throws when key, nonce, context, tag or any byte is not what it was sealed with. */
export function openWith(
  { algorithm, key }: AeadKey,
  nonce: Uint8Array,
  { ciphertext, tag }: { ciphertext: Uint8Array; tag: Uint8Array },
  context: Uint8Array,
): Buffer {
  requireLength("key", key, KEY);
  requireLength("nonce", nonce, NONCE);
  requireLength("tag", tag, TAG);
  const decipher =
    algorithm === "aes-256-gcm"
      ? createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG })
      : createDecipheriv("chacha20-poly1305", key, nonce, { authTagLength: TAG });
  decipher.setAAD(context, { plaintextLength: ciphertext.length });
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}

export interface VersionedKey extends AeadKey {
  version: number;
}

const MARK = 0xe5;
const HEADER = 6;
const BYTES: Record<Algorithm, number> = { "aes-256-gcm": 1, "chacha20-poly1305": 2 };

/** mark ‖ algorithm ‖ version of the key ‖ nonce ‖ ciphertext ‖ tag. Header and `context` are authenticated. */
export function encrypt(key: VersionedKey, plaintext: Uint8Array, context: string): Buffer<ArrayBuffer> {
  const header = Buffer.alloc(HEADER);
  header[0] = MARK;
  header[1] = BYTES[key.algorithm];
  header.writeUInt32BE(key.version, 2);
  const nonce = randomBytes(NONCE);
  const sealed = sealWith(key, nonce, plaintext, Buffer.concat([header, Buffer.from(context, "utf8")]));
  return Buffer.concat([header, nonce, sealed]);
}

type KeyAt = (version: number) => Promise<VersionedKey | null>;

/**
 * Opens with the key that the header names; `keyAt` answers `null` for one that never was. What has no header was sealed before
 * there were versions: AES-256-GCM under the first key. Its nonce may look like a header, so it is tried then too.
 */
export async function decrypt(keyAt: KeyAt, sealed: Uint8Array, context: string): Promise<Buffer> {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const marked = bytes.length >= HEADER + NONCE + TAG && bytes[0] === MARK;
  const key = marked ? await keyAt(bytes.readUInt32BE(2)) : null;
  if (key && bytes[1] === BYTES[key.algorithm]) {
    try {
      const header = bytes.subarray(0, HEADER);
      return split(key, bytes.subarray(HEADER), Buffer.concat([header, Buffer.from(context, "utf8")]));
    } catch (error) {
      if ((await keyAt(1))?.algorithm !== "aes-256-gcm") throw error;
    }
  }
  if (bytes.length < NONCE + TAG) throw new Error("The sealed value is too short.");
  const first = await keyAt(1);
  if (first?.algorithm !== "aes-256-gcm") throw new Error("The sealed value names no key that is there.");
  return split(first, bytes, Buffer.from(context, "utf8"));
}

function split(key: AeadKey, bytes: Buffer, context: Buffer): Buffer {
  const end = bytes.length - TAG;
  const parts = { ciphertext: bytes.subarray(NONCE, end), tag: bytes.subarray(end) };
  return openWith(key, bytes.subarray(0, NONCE), parts, context);
}
