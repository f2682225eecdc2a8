import type { Prisma, Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { canonicalBytes, EMPTY_LOG_HASH, leafHash } from "./record";

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
  const rows: Prisma.EventCreateManyInput[] = events.map(({ type, data }, index) => {
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
    const row = { ...record, data: data as Prisma.InputJsonObject, bytes, leafHash: hash };
    previousHash = hash;
    return row;
  });
  await tx.event.createMany({ data: rows });
  const last = rows[rows.length - 1]!;
  await tx.$executeRaw`
    UPDATE event_heads SET position = ${last.position}, hash = ${last.leafHash} WHERE tenant_id = ${tenantId}::uuid`;
  return expectedVersion + events.length;
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
