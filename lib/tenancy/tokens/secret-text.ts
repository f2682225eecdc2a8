import { createHash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export type SecretPrefix = "sbx" | "sbxr";

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) text = DIGITS[Number(rest % 62n)] + text;
  return text;
}

const checksum = (text: string) => base62(BigInt(crc32(text)), 6);

/**
 * 256 random bits behind a prefix that a secret scanner knows, with a checksum that spares it false alarms and us a question
 * to the database: `sbx_` (API token) or `sbxr_` (refresh token), 43 digits, 6 digits of their CRC-32.
 */
export function newSecret(prefix: SecretPrefix): string {
  const body = base62(BigInt(`0x${randomBytes(32).toString("hex")}`), 43);
  return `${prefix}_${body}${checksum(`${prefix}_${body}`)}`;
}

export function isSecret(prefix: SecretPrefix, text: string): boolean {
  const match = /^(\w+_[0-9A-Za-z]{43})([0-9A-Za-z]{6})$/.exec(text);
  return match?.[1]?.startsWith(`${prefix}_`) === true && checksum(match[1]) === match[2];
}

export const secretHash = (text: string) => createHash("sha256").update(text).digest();
