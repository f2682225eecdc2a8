import {
  createPrivateKey,
  createPublicKey,
  decapsulate,
  diffieHellman,
  encapsulate,
  hkdfSync,
  type KeyObject,
} from "node:crypto";
import { AppError } from "@/lib/errors";

// What stands before the raw bytes of a key in its DER form, for these algorithms always the same bytes.
const der = (hex: string) => Buffer.from(hex, "hex");
const X25519_PRIVATE = der("302e020100300506032b656e04220420");
const X25519_PUBLIC = der("302a300506032b656e032100");
const ML_KEM_768_SEED = der("3054020100300b060960864801650304040204428040");
const ML_KEM_768_PUBLIC = der("308204b2300b0609608648016503040402038204a100");

export const X25519_BYTES = 32;
export const ML_KEM_768_SEED_BYTES = 64;
export const ML_KEM_768_PUBLIC_BYTES = 1184;
export const ML_KEM_768_CIPHERTEXT_BYTES = 1088;
const HKDF_SHA256_MOST = 255 * 32;

function requireLength(bytes: Buffer, length: number, what: string): void {
  if (bytes.length !== length) throw new AppError("invalid_input", `${what} has ${length} bytes, not ${bytes.length}.`);
}

function privateKey(prefix: Buffer, bytes: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([prefix, bytes]), format: "der", type: "pkcs8" });
}

function publicKey(prefix: Buffer, bytes: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([prefix, bytes]), format: "der", type: "spki" });
}

/** The raw public bytes that belong to a private key. */
function publicBytes(key: KeyObject, length: number): Buffer {
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  return spki.subarray(spki.length - length);
}

export function x25519Public(secret: Buffer): Buffer {
  requireLength(secret, X25519_BYTES, "An X25519 key");
  return publicBytes(privateKey(X25519_PRIVATE, secret), X25519_BYTES);
}

/** The shared secret (RFC 7748). @throws also for a public key of low order, whose secret everybody knows */
export function x25519(secret: Buffer, theirs: Buffer): Buffer {
  requireLength(secret, X25519_BYTES, "An X25519 key");
  requireLength(theirs, X25519_BYTES, "An X25519 key");
  const shared = diffieHellman({
    privateKey: privateKey(X25519_PRIVATE, secret),
    publicKey: publicKey(X25519_PUBLIC, theirs),
  });
  if (shared.every((byte) => byte === 0)) throw new AppError("invalid_input", "That X25519 key is of low order.");
  return shared;
}

/** ML-KEM came to Node 24.7, and not to every build of it. */
export function requireMlKem(): void {
  if (typeof encapsulate === "function" && typeof decapsulate === "function") return;
  throw new AppError(
    "not_ready",
    `This Node (${process.versions.node}, OpenSSL ${process.versions.openssl}) has no ML-KEM. Backups need Node 24.7 or newer with OpenSSL 3.5.`,
  );
}

/** The public (encapsulation) key that belongs to a seed (`d ‖ z` of FIPS 203). */
export function mlKem768Public(seed: Buffer): Buffer {
  requireMlKem();
  requireLength(seed, ML_KEM_768_SEED_BYTES, "A seed of ML-KEM-768");
  return publicBytes(privateKey(ML_KEM_768_SEED, seed), ML_KEM_768_PUBLIC_BYTES);
}

/** A new secret, and what only the owner of the seed makes the same secret of. @throws for a key that FIPS 203 refuses */
export function mlKem768Encapsulate(key: Buffer): { shared: Buffer; ciphertext: Buffer } {
  requireMlKem();
  requireLength(key, ML_KEM_768_PUBLIC_BYTES, "A public key of ML-KEM-768");
  const { sharedKey, ciphertext } = encapsulate(publicKey(ML_KEM_768_PUBLIC, key));
  return { shared: sharedKey, ciphertext };
}

/** Of a ciphertext that was made for another key this is another secret, not an error (FIPS 203's implicit rejection). */
export function mlKem768Decapsulate(seed: Buffer, ciphertext: Buffer): Buffer {
  requireMlKem();
  requireLength(seed, ML_KEM_768_SEED_BYTES, "A seed of ML-KEM-768");
  requireLength(ciphertext, ML_KEM_768_CIPHERTEXT_BYTES, "A ciphertext of ML-KEM-768");
  return decapsulate(privateKey(ML_KEM_768_SEED, seed), ciphertext);
}

/** RFC 5869 with SHA-256. */
export function hkdfSha256(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  if (length > HKDF_SHA256_MOST) throw new AppError("invalid_input", `HKDF makes ${HKDF_SHA256_MOST} bytes at most.`);
  return Buffer.from(hkdfSync("sha256", secret, salt, info, length));
}
