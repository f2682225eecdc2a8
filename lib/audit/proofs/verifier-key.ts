import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64, joined, toBase64, uint32, utf8 } from "./encoding";
import { ProofError } from "./proof-error";

/** C2SP signed-note's identifier bytes of the kinds of signature that we make and check. */
export const ED25519 = 0x01;
export const ED25519_COSIGNATURE = 0x04;
export const MLDSA44_COSIGNATURE = 0x06;

export type SignatureType = typeof ED25519 | typeof ED25519_COSIGNATURE | typeof MLDSA44_COSIGNATURE;

const KEY_BYTES: Record<SignatureType, number> = {
  [ED25519]: 32,
  [ED25519_COSIGNATURE]: 32,
  [MLDSA44_COSIGNATURE]: 1312,
};

const isType = (byte: number | undefined): byte is SignatureType =>
  byte !== undefined && Object.hasOwn(KEY_BYTES, byte);

/** Whose signature, and how it was made. */
export interface VerifierKey {
  name: string;
  id: number;
  type: SignatureType;
  publicKey: Uint8Array;
  /** Of a key that was replaced: the largest log that it may have signed. */
  until?: number;
}

// U+0085 is white space to Go, and not to JavaScript.
const NAME = /^[^\s\u0085+]+$/u;

/** Whether a key may be called so: not empty, no white space, no plus. */
export const isKeyName = (name: string): boolean => NAME.test(name) && name.isWellFormed();

export function keyIdOf(name: string, type: SignatureType, publicKey: Uint8Array): number {
  const hash = sha256(joined(utf8(`${name}\n`), Uint8Array.of(type), publicKey));
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0);
}

export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new ProofError("malformed_key", `${JSON.stringify(name)} cannot be the name of a key.`);
  if (publicKey.length !== KEY_BYTES[type])
    throw new ProofError("malformed_key", `The key of ${name} has a wrong length.`);
  return { name, id: keyIdOf(name, type, publicKey), type, publicKey };
}

const hexId = (id: number) => id.toString(16).padStart(8, "0");

/** `<name>+<key id>+<base64 of type and public key>`, the form in which keys are handed on (a "vkey"). */
export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${hexId(id)}+${toBase64(joined(Uint8Array.of(type), publicKey))}`;
}

/** Reads a vkey; `malformed_key` when it is none, or of a kind that we do not check. */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = "", id = "", base64 = ""] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(text) ?? [];
  const bytes = fromBase64(base64);
  const type = bytes?.[0];
  if (!bytes || !isType(type)) throw new ProofError("malformed_key", "This is no key of a log or a witness.");
  const key = verifierKey(name, type, bytes.subarray(1));
  if (hexId(key.id) !== id)
    throw new ProofError("malformed_key", `The key of ${name} and its id do not belong together.`);
  return key;
}

const UNTIL = /^(\S+)(?: until (0|[1-9]\d{0,15}))?$/u;

/** A vkey, and of one that was replaced how far it signed: `<vkey> until <size>`. */
export function formatKnownKey(key: VerifierKey): string {
  return formatVerifierKey(key) + (key.until === undefined ? "" : ` until ${key.until}`);
}

export function parseKnownKey(line: string): VerifierKey {
  const [, vkey = "", until] = UNTIL.exec(line) ?? [];
  return { ...parseVerifierKey(vkey), ...(until === undefined ? {} : { until: Number(until) }) };
}

/** Whether the key may sign a log of so many events. */
export const signsAt = ({ until }: VerifierKey, size: number): boolean => until === undefined || size <= until;

/** How a key is called in messages: its name and id. */
export const labelOf = ({ name, id }: { name: string; id: number }): string => `${name}+${hexId(id)}`;

/** The first bytes of a signature in a note. */
export const keyIdBytes = (id: number): Uint8Array<ArrayBuffer> => uint32(id);
