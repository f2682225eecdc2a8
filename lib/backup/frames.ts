import { z } from "zod";
import type { DumpRecord } from "@/lib/database";
import { AppError } from "@/lib/errors";

/** What a backup says before its records. */
const manifestSchema = z.object({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

const text = z.string();
const recordSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("place"),
    tenantId: z.uuid().nullable(),
    schema: z
      .string()
      .regex(/^tenant_[0-9a-f]{32}_g\d+$/)
      .nullable(),
    database: text.nullable(),
  }),
  z.object({ type: z.literal("table"), name: text, columns: z.array(text).min(1), days: z.array(z.iso.date()) }),
  z.object({ type: z.literal("end"), rows: z.int(), digest: text }),
  z.object({ type: z.literal("apart"), table: text, row: z.record(text, z.unknown()) }),
]);
/** What a backup says after them: how many frames there were. */
const finishSchema = z.object({ type: z.literal("finish"), frames: z.int() });

const JSON_FRAME = 1;
const ROWS_FRAME = 2;
const HEAD = 5;
/** Rows longer than this are several frames. */
const PIECE = 1024 * 1024;
const MOST_JSON = 16 * 1024 * 1024;

function frame(kind: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(HEAD);
  head[0] = kind;
  head.writeUInt32BE(payload.length, 1);
  return Buffer.concat([head, payload]);
}

const said = (value: unknown) => frame(JSON_FRAME, Buffer.from(JSON.stringify(value)));

/** A kind, a length and as many bytes, again and again. */
export async function* writeFrames(manifest: Manifest, records: AsyncIterable<DumpRecord>): AsyncGenerator<Buffer> {
  yield said(manifest);
  let frames = 1;
  for await (const record of records) {
    if (record.type !== "rows") {
      frames++;
      yield said(record);
      continue;
    }
    for (let start = 0; start < record.bytes.length; start += PIECE) {
      frames++;
      yield frame(ROWS_FRAME, record.bytes.subarray(start, start + PIECE));
    }
  }
  yield said({ type: "finish", frames });
}

const broken = (cause?: unknown) => new AppError("invalid_input", "This backup is not whole.", {}, { cause });

interface Frame {
  kind: number;
  payload: Buffer;
}

async function* readRaw(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let at = 0;
    for (;;) {
      if (held.length - at < HEAD) break;
      const length = held.readUInt32BE(at + 1);
      if (length > MOST_JSON) throw broken();
      if (held.length - at < HEAD + length) break;
      yield { kind: held[at] ?? 0, payload: held.subarray(at + HEAD, at + HEAD + length) };
      at += HEAD + length;
    }
    held = held.subarray(at);
  }
  if (held.length > 0) throw broken();
}

function parsed<T>(schema: z.ZodType<T>, { payload }: Frame): T {
  try {
    return schema.parse(JSON.parse(payload.toString("utf8")));
  } catch (cause) {
    throw broken(cause);
  }
}

/** The manifest, then the records; throws where they do not end as they were ended. */
export async function* readFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Manifest | DumpRecord> {
  let frames = 0;
  let finished = false;
  for await (const next of readRaw(source)) {
    if (finished || (next.kind !== JSON_FRAME && next.kind !== ROWS_FRAME)) throw broken();
    if (frames === 0) yield parsed(manifestSchema, next);
    else if (next.kind === ROWS_FRAME) yield { type: "rows", bytes: next.payload };
    else {
      const record = parsed(z.union([recordSchema, finishSchema]), next);
      if (record.type !== "finish") yield record;
      else if (record.frames === frames) finished = true;
      else throw broken();
    }
    frames++;
  }
  if (!finished) throw broken();
}
