import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

// OWASP's figures for argon2id: 19 MiB, 2 passes, 1 lane.
const MEMORY = 19_456;
const PASSES = 2;
const derive = promisify(argon2);

async function tagOf(password: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
  const message = Buffer.from(password.normalize("NFC"), "utf8");
  return derive("argon2id", { message, nonce, parallelism: 1, tagLength: 32, memory, passes });
}

/** In PHC string format, so that hashes made before the figures change are still read. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await tagOf(password, nonce, MEMORY, PASSES);
  const encode = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  return `$argon2id$v=19$m=${MEMORY},t=${PASSES},p=1$${encode(nonce)}$${encode(tag)}`;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const match = PHC.exec(stored);
  if (!match) return false;
  const expected = Buffer.from(match[4]!, "base64");
  const actual = await tagOf(password, Buffer.from(match[3]!, "base64"), Number(match[1]), Number(match[2]));
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
