import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { seededRandom } from "@/lib/testing/seeded";
import { HEADER_BYTES } from "./envelope";
import { newIdentity, parseIdentity, parseRecipient, printIdentity, printRecipient, recipientOf } from "./identity";
import { CHUNK, openStream, sealStream } from "./sealed-stream";

const identity = newIdentity();
const recipient = recipientOf(identity);
const SEALED = CHUNK + 16;

async function* of(...parts: Buffer[]): AsyncGenerator<Buffer> {
  yield* parts;
}

async function collected(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

const seal = (...plain: Buffer[]) => collected(sealStream(of(...plain), recipient));
const open = (sealed: Buffer, by = identity) => collected(openStream(of(sealed), by));

test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])("%i bytes come back", async (length) => {
  const plain = randomBytes(length);
  const sealed = await seal(plain);
  expect(sealed).toHaveLength(HEADER_BYTES + length + 16 * Math.max(1, Math.ceil(length / CHUNK)));
  expect((await open(sealed)).equals(plain)).toBe(true);
});

test("in whatever pieces they come", async () => {
  const plain = randomBytes(2 * CHUNK + 100);
  const sealed = await seal(
    plain.subarray(0, 5),
    plain.subarray(5, CHUNK + 9),
    Buffer.alloc(0),
    plain.subarray(CHUNK + 9),
  );
  const pieces = Array.from({ length: Math.ceil(sealed.length / 1000) }, (_, n) =>
    sealed.subarray(n * 1000, n * 1000 + 1000),
  );
  expect((await collected(openStream(of(...pieces), identity))).equals(plain)).toBe(true);
});

test("each time another key: the same bytes look different in every place", async () => {
  const plain = Buffer.alloc(200);
  const [one, other] = [await seal(plain), await seal(plain)];
  expect(one.subarray(HEADER_BYTES).equals(other.subarray(HEADER_BYTES))).toBe(false);
});

test("one bit that is wrong is refused, wherever it is", async () => {
  const sealed = await seal(randomBytes(2 * CHUNK + 500));
  const random = seededRandom(7);
  const places = [0, 16, 17, 24, 25, 56, 57, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + SEALED, sealed.length - 1];
  for (let n = 0; n < 200; n++) places.push(Math.floor(random() * sealed.length));
  for (let at = 0; at < HEADER_BYTES; at += 7) places.push(at);
  for (const at of places) {
    const changed = Buffer.from(sealed);
    changed[at] = changed[at]! ^ (1 << (at % 8));
    await expect(open(changed), `byte ${at}`).rejects.toThrow();
  }
});

test("cut off anywhere, longer than it was, with chunks swapped, left out or twice: refused", async () => {
  const sealed = await seal(randomBytes(3 * CHUNK));
  const [header, ...chunks] = [
    sealed.subarray(0, HEADER_BYTES),
    ...[0, 1, 2].map((n) => sealed.subarray(HEADER_BYTES + n * SEALED, HEADER_BYTES + (n + 1) * SEALED)),
  ] as [Buffer, Buffer, Buffer, Buffer];
  const [a, b, c] = chunks;
  for (const parts of [[], [a], [a, b], [b, a, c], [a, c], [a, a, b, c], [a, b, b], [a, b, c, c], [c], [b, c]])
    await expect(open(Buffer.concat([header, ...parts]))).rejects.toThrow(/damaged/);
  for (const length of [
    0,
    5,
    HEADER_BYTES - 1,
    HEADER_BYTES,
    HEADER_BYTES + 15,
    sealed.length - SEALED,
    sealed.length - 1,
  ])
    await expect(open(sealed.subarray(0, length)), `${length} bytes`).rejects.toThrow();
  await expect(open(Buffer.concat([sealed, Buffer.from([0])]))).rejects.toThrow(/damaged/);
  const other = await seal(randomBytes(3 * CHUNK));
  await expect(open(Buffer.concat([header, other.subarray(HEADER_BYTES)]))).rejects.toThrow(/damaged/);
});

test("another identity is told which one is wanted", async () => {
  const sealed = await seal(randomBytes(10));
  await expect(open(sealed, newIdentity())).rejects.toThrow(
    /is for the key [0-9a-f]{16}, and this identity is [0-9a-f]{16}/,
  );
  const half = { x25519: identity.x25519, seed: newIdentity().seed };
  await expect(open(sealed, half)).rejects.toThrow();
});

test("keys survive being printed, and are refused with a letter wrong or missing", () => {
  const text = printIdentity(identity);
  expect(parseIdentity(text)).toEqual(identity);
  expect(parseRecipient(text)).toEqual(recipient);
  const line = printRecipient(recipient);
  expect(parseRecipient(`\n  ${line}\r\n`)).toEqual(recipient);
  for (const wrong of [line.slice(0, -1), `${line}A`, line.replace(/.{3}$/, "AAA"), "", "signalbox-backup-key-1:"])
    expect(() => parseRecipient(wrong)).toThrow();
  expect(() => parseIdentity(line)).toThrow(/That is no identity/);
  expect(() => parseRecipient(`${line}\n${line}`)).toThrow();
});
