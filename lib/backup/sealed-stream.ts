import { createCipheriv, createDecipheriv } from "node:crypto";
import { AppError } from "@/lib/errors";
import { HEADER_BYTES, openHeader, type PayloadKey, sealHeader } from "./envelope";
import type { Identity, Recipient } from "./identity";

export const CHUNK = 64 * 1024;
const TAG = 16;
const MOST_CHUNKS = 2 ** 32;

// STREAM: the counter fixes the place of a chunk, the last byte says that none comes after it.
function nonceOf({ prefix }: PayloadKey, counter: number, last: boolean): Buffer {
  if (counter >= MOST_CHUNKS) throw new AppError("invalid_input", "A backup holds 256 TiB at most.");
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(counter, prefix.length);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function sealChunk(payload: PayloadKey, counter: number, last: boolean, plain: Buffer): Buffer {
  const cipher = createCipheriv("aes-256-gcm", payload.key, nonceOf(payload, counter, last), { authTagLength: TAG });
  cipher.setAAD(payload.transcript);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openChunk(payload: PayloadKey, counter: number, last: boolean, sealed: Buffer): Buffer {
  if (sealed.length < TAG) throw damaged();
  const nonce = nonceOf(payload, counter, last);
  const decipher = createDecipheriv("aes-256-gcm", payload.key, nonce, { authTagLength: TAG });
  decipher.setAAD(payload.transcript);
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()]);
  } catch {
    throw damaged();
  }
}

const damaged = () =>
  new AppError("invalid_input", "This backup is damaged: a byte was changed, cut off, added or moved.");

/** Pieces of exactly `size` bytes, and a last one of 1 to `size` (none at all where nothing comes). */
async function* inPieces(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const part of source) {
    parts.push(part);
    length += part.length;
    if (length < size) continue;
    const all = Buffer.concat(parts);
    let start = 0;
    for (; all.length - start >= size; start += size) yield all.subarray(start, start + size);
    parts = [all.subarray(start)];
    length = all.length - start;
  }
  if (length > 0) yield Buffer.concat(parts);
}

/** The same pieces, each with the word whether it is the last. */
async function* withLast(pieces: AsyncIterable<Buffer>): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  let held: Buffer | undefined;
  for await (const piece of pieces) {
    if (held) yield { piece: held, last: false };
    held = piece;
  }
  yield { piece: held ?? Buffer.alloc(0), last: true };
}

/** Header and chunks; holds a few chunks at a time, however much comes. */
export async function* sealStream(plain: AsyncIterable<Buffer>, recipient: Recipient): AsyncGenerator<Buffer> {
  const { header, payload } = sealHeader(recipient);
  yield header;
  let counter = 0;
  for await (const { piece, last } of withLast(inPieces(plain, CHUNK)))
    yield sealChunk(payload, counter++, last, piece);
}

/** @throws AppError at the first byte that is not as it was sealed; what came before it was right */
export async function* openStream(sealed: AsyncIterable<Buffer>, identity: Identity): AsyncGenerator<Buffer> {
  const source = sealed[Symbol.asyncIterator]();
  let begin: Buffer = Buffer.alloc(0);
  while (begin.length < HEADER_BYTES) {
    const { value, done } = await source.next();
    if (done) break;
    begin = Buffer.concat([begin, value]);
  }
  const payload = openHeader(begin.subarray(0, HEADER_BYTES), identity);
  async function* rest() {
    yield begin.subarray(HEADER_BYTES);
    for (;;) {
      const { value, done } = await source.next();
      if (done) return;
      yield value;
    }
  }
  let counter = 0;
  for await (const { piece, last } of withLast(inPieces(rest(), CHUNK + TAG)))
    yield openChunk(payload, counter++, last, piece);
}
