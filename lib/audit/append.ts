import { Prisma, type Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { canonicalBytes, EMPTY_LOG_HASH, type EventRecord, leafHash } from "./record";

/** Who writes, in opaque ids: names and addresses live elsewhere, so that they can be erased. */
export interface Author {
  tenantId: string;
  actor: string;
  requestId: string;
}

export interface NewEvent {
  type: string;
  data: Record<string, unknown>;
}

export interface Stream {
  type: string;
  id: string;
}

/** Where a log ends. */
export interface LogHead {
  position: bigint;
  hash: Uint8Array;
}

/**
 * Appends `events` to the tenant's log in the caller's transaction, as versions `expectedVersion + 1 …` of `stream`.
 * `stale_version` when somebody else was faster; then nothing of the transaction stays. `held`: what `lockLog` said in this
 * transaction to a caller that read the stream after it; then nobody can have been faster, and nothing is asked twice.
 */
export async function append(
  tx: Transaction,
  author: Author,
  stream: Stream,
  expectedVersion: number,
  events: readonly NewEvent[],
  now: Date,
  held?: LogHead,
): Promise<number> {
  if (events.length === 0) return expectedVersion;
  const { tenantId } = author;
  const head = held ?? (await lockLog(tx, tenantId));
  const current = held ? expectedVersion : await streamVersion(tx, tenantId, stream);
  if (current !== expectedVersion) throw staleVersion(current);

  let previousHash: Uint8Array<ArrayBuffer> = Buffer.from(head.hash);
  const rows = events.map(({ type, data }, index) => {
    const record = {
      tenantId,
      position: Number(head.position) + index + 1,
      streamType: stream.type,
      streamId: stream.id,
      streamVersion: expectedVersion + index + 1,
      type,
      data,
      actor: author.actor,
      requestId: author.requestId,
      at: now,
      previousHash,
    };
    const bytes = Buffer.from(canonicalBytes(record));
    const hash = Buffer.from(leafHash(bytes));
    const row = { ...record, bytes, leafHash: hash };
    previousHash = hash;
    return row;
  });
  await write(tx, rows);
  return expectedVersion + events.length;
}

type Row = EventRecord & { bytes: Uint8Array; leafHash: Uint8Array };

/** The events and the new end of the log, in one statement: this is the way that every keystroke takes. */
async function write(tx: Transaction, rows: readonly Row[]): Promise<void> {
  const last = rows[rows.length - 1]!;
  const values = rows.map(
    (row) => Prisma.sql`(
      ${row.tenantId}::uuid, ${row.position}::bigint, ${row.streamType}, ${row.streamId}, ${row.streamVersion}::int, ${row.type},
      ${JSON.stringify(row.data)}::jsonb, ${row.actor}, ${row.requestId}, ${row.at}::timestamptz, ${row.bytes}::bytea,
      ${row.previousHash}::bytea, ${row.leafHash}::bytea)`,
  );
  await tx.$executeRaw`
    WITH added AS (
      INSERT INTO events (tenant_id, position, stream_type, stream_id, stream_version, type, data, actor, request_id, at, bytes,
        previous_hash, leaf_hash)
      VALUES ${Prisma.join(values)})
    UPDATE event_heads SET position = ${last.position}::bigint, hash = ${last.leafHash}::bytea
    WHERE tenant_id = ${last.tenantId}::uuid`;
}

/** Takes the tenant's log for this transaction: until its end nobody else appends. Returns where the log ends. */
export async function lockLog(tx: Transaction, tenantId: string): Promise<LogHead> {
  const known = await lockHead(tx, tenantId);
  if (known) return known;
  await tx.$executeRaw`
    INSERT INTO event_heads (tenant_id, position, hash) VALUES (${tenantId}::uuid, 0, ${EMPTY_LOG_HASH})
    ON CONFLICT DO NOTHING`;
  const head = await lockHead(tx, tenantId);
  if (!head) throw new AppError("internal", "The head of the log could not be locked.");
  return head;
}

async function lockHead(tx: Transaction, tenantId: string): Promise<LogHead | undefined> {
  const [head] = await tx.$queryRaw<LogHead[]>`
    SELECT position, hash FROM event_heads WHERE tenant_id = ${tenantId}::uuid FOR UPDATE`;
  return head;
}

async function streamVersion(tx: Transaction, tenantId: string, stream: Stream): Promise<number> {
  const found = await tx.event.aggregate({
    where: { tenantId, streamType: stream.type, streamId: stream.id },
    _max: { streamVersion: true },
  });
  return found._max.streamVersion ?? 0;
}

export function staleVersion(version: number): AppError {
  return new AppError("stale_version", "Somebody else saved in the meantime. Load the newest version and merge.", {
    version,
  });
}
