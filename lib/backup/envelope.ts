import { createHash, randomBytes } from "node:crypto";
import { AppError } from "@/lib/errors";
import { type Identity, keyId, publicBytesOf, type Recipient, recipientOf } from "./identity";
import {
  hkdfSha256,
  ML_KEM_768_CIPHERTEXT_BYTES,
  mlKem768Decapsulate,
  mlKem768Encapsulate,
  X25519_BYTES,
  x25519,
  x25519Public,
} from "./primitives";

const MAGIC = Buffer.from("signalbox.backup\x01", "latin1");
const ID = 8;
const KEY = 32;
const PREFIX = 7;
const CONTEXT = "signalbox backup 1: X25519 + ML-KEM-768, HKDF-SHA-256, AES-256-GCM in chunks";

/** magic ‖ id of the key ‖ ephemeral X25519 key ‖ ciphertext of ML-KEM-768 */
export const HEADER_BYTES = MAGIC.length + ID + X25519_BYTES + ML_KEM_768_CIPHERTEXT_BYTES;

export interface PayloadKey {
  key: Buffer;
  /** What the nonces of this file begin with. */
  prefix: Buffer;
  /** Of the header and the recipient: authenticated with each chunk. */
  transcript: Buffer;
}

// Either of the two secrets alone is not enough, and any other header makes another key.
function payloadKey(mlKem: Buffer, dh: Buffer, header: Buffer, recipient: Recipient): PayloadKey {
  const transcript = createHash("sha256").update(header).update(publicBytesOf(recipient)).digest();
  const info = Buffer.concat([Buffer.from(`${CONTEXT}\0`), transcript]);
  const derived = hkdfSha256(Buffer.concat([mlKem, dh]), Buffer.alloc(0), info, KEY + PREFIX);
  return { key: derived.subarray(0, KEY), prefix: derived.subarray(KEY), transcript };
}

/** A header that only the recipient makes the same key of. */
export function sealHeader(recipient: Recipient): { header: Buffer; payload: PayloadKey } {
  const secret = randomBytes(X25519_BYTES);
  const { shared, ciphertext } = mlKem768Encapsulate(recipient.mlKem);
  const header = Buffer.concat([MAGIC, Buffer.from(keyId(recipient), "hex"), x25519Public(secret), ciphertext]);
  return { header, payload: payloadKey(shared, x25519(secret, recipient.x25519), header, recipient) };
}

export function openHeader(header: Buffer, identity: Identity): PayloadKey {
  if (header.length < HEADER_BYTES || !header.subarray(0, MAGIC.length).equals(MAGIC))
    throw new AppError("invalid_input", "This is no backup of Signalbox, or of another version.");
  const recipient = recipientOf(identity);
  const id = header.subarray(MAGIC.length, MAGIC.length + ID).toString("hex");
  if (id !== keyId(recipient))
    throw new AppError("key_mismatch", `This backup is for the key ${id}, and this identity is ${keyId(recipient)}.`);
  const ephemeral = header.subarray(MAGIC.length + ID, HEADER_BYTES - ML_KEM_768_CIPHERTEXT_BYTES);
  const shared = mlKem768Decapsulate(identity.seed, header.subarray(HEADER_BYTES - ML_KEM_768_CIPHERTEXT_BYTES));
  return payloadKey(shared, x25519(identity.x25519, ephemeral), header, recipient);
}
