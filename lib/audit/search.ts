import { Prisma, type Transaction } from "@/lib/database";
import type { StoredEvent } from "./read";

/** Which events; all conditions at once. Times are of the server's clock. */
export interface LogSearch {
  actor?: string | undefined;
  streamType?: string | undefined;
  type?: string | undefined;
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
  /** In whatever is told of the event; of those `types` and `actors` also without it. */
  text?: { words: string; types: readonly string[]; actors: readonly string[] } | undefined;
}

export type FoundEvent = Omit<StoredEvent, "streamVersion"> & { archived: boolean };

export interface FoundEvents {
  events: FoundEvent[];
  /** Where to go on, before this position; null: the log was searched to its beginning, or to `from`. */
  next: number | null;
}

/** So many events are looked at for one answer, however few of them fit: a search takes a tenth of a second and then says how far it came. */
const LOOKED_AT = 20_000;
/** Events stand in the order of the lock, and clocks of several processes differ a little. */
const CLOCKS_MS = 600_000;

/** The newest that fit, from before position `before`. */
export async function searchLog(
  tx: Transaction,
  tenantId: string,
  search: LogSearch,
  { before, limit, lookedAt = LOOKED_AT }: { before?: number | undefined; limit: number; lookedAt?: number },
): Promise<FoundEvents> {
  const head = await tx.eventHead.findUnique({ where: { tenantId }, select: { position: true } });
  const end = Math.min(before ?? Number.MAX_SAFE_INTEGER, Number(head?.position ?? 0) + 1);
  const start = search.to ? Math.min(end, await firstAfter(tx, tenantId, later(search.to), end)) : end;
  const floor = Math.max(start - lookedAt, 1);
  const rows = await tx.$queryRaw<Row[]>`
    SELECT position, stream_type, stream_id, type, data, actor, request_id, at, leaf_hash, bytes IS NULL AS archived
    FROM events
    WHERE tenant_id = ${tenantId}::uuid AND position < ${start}::bigint AND position >= ${floor}::bigint
      AND ${Prisma.join(conditions(search), " AND ")}
    ORDER BY position DESC LIMIT ${limit}::int`;
  const events = rows.map(found);
  const next = rows.length === limit ? (events.at(-1)?.position ?? 1) : floor;
  const over = next <= 1 || (await isBefore(tx, tenantId, next, search.from));
  return { events, next: over ? null : next };
}

const later = (time: Date) => new Date(time.getTime() + CLOCKS_MS);

function conditions({ actor, streamType, type, from, to, text }: LogSearch): Prisma.Sql[] {
  const all = [Prisma.sql`TRUE`];
  if (actor !== undefined) all.push(Prisma.sql`actor = ${actor}`);
  if (streamType !== undefined) all.push(Prisma.sql`stream_type = ${streamType}`);
  if (type !== undefined) all.push(Prisma.sql`type = ${type}`);
  if (from) all.push(Prisma.sql`at >= ${from}::timestamptz`);
  if (to) all.push(Prisma.sql`at < ${to}::timestamptz`);
  if (text) {
    const { words, types, actors } = text;
    const told = Prisma.sql`lower(concat_ws(' ', type, stream_type, stream_id, request_id, actor, data::text))`;
    all.push(Prisma.sql`(type = ANY(${[...types]}::text[]) OR actor = ANY(${[...actors]}::text[])
      OR position(lower(${words}) IN ${told}) > 0)`);
  }
  return all;
}

/** The first position whose event is not before `time`, by halving: some twenty looks into the index. */
async function firstAfter(tx: Transaction, tenantId: string, time: Date, end: number): Promise<number> {
  let [low, high] = [1, end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const at = await timeAt(tx, tenantId, middle);
    if (at && at < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function isBefore(tx: Transaction, tenantId: string, position: number, from: Date | undefined): Promise<boolean> {
  if (!from) return false;
  const at = await timeAt(tx, tenantId, position);
  return at !== undefined && later(at) < from;
}

async function timeAt(tx: Transaction, tenantId: string, position: number): Promise<Date | undefined> {
  const row = await tx.event.findUnique({
    where: { tenantId_position: { tenantId, position } },
    select: { at: true },
  });
  return row?.at;
}

interface Row {
  position: bigint;
  stream_type: string;
  stream_id: string;
  type: string;
  data: unknown;
  actor: string;
  request_id: string;
  at: Date;
  leaf_hash: Uint8Array;
  archived: boolean;
}

function found({ position, stream_type, stream_id, request_id, leaf_hash, data, ...row }: Row): FoundEvent {
  return {
    ...row,
    position: Number(position),
    streamType: stream_type,
    streamId: stream_id,
    requestId: request_id,
    data: data as Record<string, unknown>,
    leafHash: Buffer.from(leaf_hash).toString("hex"),
  };
}

const RECENT = 5_000;

/** What the last events were about and by whom, to choose from. */
export async function recentKinds(
  tx: Transaction,
  tenantId: string,
): Promise<{ actors: string[]; streamTypes: string[]; types: string[] }> {
  const rows = await tx.$queryRaw<{ stream_type: string; type: string; actor: string }[]>`
    SELECT DISTINCT stream_type, type, actor FROM (
      SELECT stream_type, type, actor FROM events WHERE tenant_id = ${tenantId}::uuid
      ORDER BY position DESC LIMIT ${RECENT}::int) recent`;
  const distinct = (values: string[]) => [...new Set(values)].sort();
  return {
    actors: distinct(rows.map(({ actor }) => actor)),
    streamTypes: distinct(rows.map(({ stream_type }) => stream_type)),
    types: distinct(rows.map(({ type }) => type)),
  };
}
