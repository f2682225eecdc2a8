import { createHash, randomBytes } from "node:crypto";
import { AppError } from "@/lib/errors";
import {
  ML_KEM_768_PUBLIC_BYTES,
  ML_KEM_768_SEED_BYTES,
  mlKem768Public,
  X25519_BYTES,
  x25519Public,
} from "./primitives";

/** Who a backup is for: anybody may have it. */
export interface Recipient {
  x25519: Buffer;
  mlKem: Buffer;
}

/** Who opens it. */
export interface Identity {
  x25519: Buffer;
  seed: Buffer;
}

const PUBLIC = "signalbox-backup-key-1:";
const PRIVATE = "signalbox-backup-identity-1:";
const CHECK = 4;
const ID = 8;

const hash = (label: string, bytes: Buffer) => createHash("sha256").update(`${label}\0`).update(bytes).digest();
export const publicBytesOf = ({ x25519, mlKem }: Recipient) => Buffer.concat([x25519, mlKem]);

/** Tells keys apart; stands in the header, so that a backup says which identity it wants. */
export const keyId = (recipient: Recipient) =>
  hash("signalbox backup key", publicBytesOf(recipient)).subarray(0, ID).toString("hex");

export function newIdentity(): Identity {
  return { x25519: randomBytes(X25519_BYTES), seed: randomBytes(ML_KEM_768_SEED_BYTES) };
}

export function recipientOf({ x25519, seed }: Identity): Recipient {
  return { x25519: x25519Public(x25519), mlKem: mlKem768Public(seed) };
}

const printed = (prefix: string, bytes: Buffer) =>
  `${prefix}${Buffer.concat([bytes, hash(prefix, bytes).subarray(0, CHECK)]).toString("base64url")}`;

export const printRecipient = (recipient: Recipient) => printed(PUBLIC, publicBytesOf(recipient));

/** The file of the private key, with its public key as a comment. */
export function printIdentity(identity: Identity): string {
  const recipient = recipientOf(identity);
  return `# Opens backups of Signalbox (key ${keyId(recipient)}). Keep it offline, in two places: there is no other way to open them.
# ${printRecipient(recipient)}
${printed(PRIVATE, Buffer.concat([identity.x25519, identity.seed]))}
`;
}

/** The one line that begins so, checked: a key that lost a letter is refused here and not when it is too late. */
function parse(text: string, prefix: string, length: number, what: string): Buffer {
  const [found, ...more] = text
    .split("\n")
    .map((line) => line.replace(/^#?\s*/, "").trim())
    .filter((line) => line.startsWith(prefix));
  if (found === undefined || more.length > 0) throw new AppError("invalid_input", `That is no ${what}.`);
  const bytes = Buffer.from(found.slice(prefix.length), "base64url");
  const key = bytes.subarray(0, length);
  if (bytes.length !== length + CHECK || printed(prefix, key) !== found)
    throw new AppError("invalid_input", `This ${what} is damaged.`);
  return key;
}

export function parseRecipient(text: string): Recipient {
  const bytes = parse(text, PUBLIC, X25519_BYTES + ML_KEM_768_PUBLIC_BYTES, "public key of backups");
  return { x25519: bytes.subarray(0, X25519_BYTES), mlKem: bytes.subarray(X25519_BYTES) };
}

export function parseIdentity(text: string): Identity {
  const bytes = parse(text, PRIVATE, X25519_BYTES + ML_KEM_768_SEED_BYTES, "identity of backups");
  return { x25519: bytes.subarray(0, X25519_BYTES), seed: bytes.subarray(X25519_BYTES) };
}
