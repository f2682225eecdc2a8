import type { Transaction } from "@/lib/database";
import type { Stream } from "./append";

export interface StoredEvent {
  position: number;
  streamType: string;
  streamId: string;
  streamVersion: number;
  type: string;
  data: Record<string, unknown>;
  actor: string;
  requestId: string;
  at: Date;
  leafHash: string;
}

const COLUMNS = {
  position: true,
  streamType: true,
  streamId: true,
  streamVersion: true,
  type: true,
  data: true,
  actor: true,
  requestId: true,
  at: true,
  leafHash: true,
} as const;

type Row = Omit<StoredEvent, "position" | "data" | "leafHash"> & {
  position: bigint;
  data: unknown;
  leafHash: Uint8Array;
};

function stored(row: Row): StoredEvent {
  return {
    ...row,
    position: Number(row.position),
    data: row.data as Record<string, unknown>,
    leafHash: Buffer.from(row.leafHash).toString("hex"),
  };
}

/** The events of one stream after `afterVersion`, oldest first. */
export async function readStream(
  tx: Transaction,
  tenantId: string,
  stream: Stream,
  afterVersion = 0,
): Promise<StoredEvent[]> {
  const rows = await tx.event.findMany({
    where: { tenantId, streamType: stream.type, streamId: stream.id, streamVersion: { gt: afterVersion } },
    orderBy: { streamVersion: "asc" },
    select: COLUMNS,
  });
  return rows.map(stored);
}

/** The tenant's log, newest first, from before position `before`. */
export async function readLog(
  tx: Transaction,
  tenantId: string,
  { before, limit }: { before?: number; limit: number },
): Promise<StoredEvent[]> {
  const rows = await tx.event.findMany({
    where: { tenantId, ...(before === undefined ? {} : { position: { lt: before } }) },
    orderBy: { position: "desc" },
    take: limit,
    select: COLUMNS,
  });
  return rows.map(stored);
}
