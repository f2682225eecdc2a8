import { randomBytes } from "node:crypto";
import { openWith, sealWith } from "./aead";

const NONCE = 12;
const TAG = 16;

/** A key that is neither the installation's nor a tenant's: of one person, say. Whoever makes it seals it by `sealText`. */
export function newOwnKey(): Buffer<ArrayBuffer> {
  return randomBytes(32);
}

/** AES-256-GCM with a random nonce: nonce ‖ ciphertext ‖ tag. `context` is authenticated, not stored. */
export function sealUnder(key: Uint8Array, text: string, context: string): Buffer<ArrayBuffer> {
  const nonce = randomBytes(NONCE);
  const sealed = sealWith({ algorithm: "aes-256-gcm", key }, nonce, Buffer.from(text, "utf8"), Buffer.from(context));
  return Buffer.concat([nonce, sealed]);
}

/** Throws when key, context or any byte is not what it was sealed with. */
export function openUnder(key: Uint8Array, sealed: Uint8Array, context: string): string {
  if (sealed.length < NONCE + TAG) throw new Error("The sealed value is too short.");
  const end = sealed.length - TAG;
  const parts = { ciphertext: sealed.subarray(NONCE, end), tag: sealed.subarray(end) };
  const opened = openWith({ algorithm: "aes-256-gcm", key }, sealed.subarray(0, NONCE), parts, Buffer.from(context));
  return opened.toString("utf8");
}
