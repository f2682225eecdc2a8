import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type ProvenEvent, toBase64 } from "./proofs/contract";
import { proveConsistency, proveInclusion } from "./proofs/tree";
import { nodesOf } from "./tiles";

/** Which events, all conditions at once. */
export interface EventFilter {
  after?: number;
  until?: number;
  actor?: string;
  streamType?: string;
  from?: Date;
  to?: Date;
}

/** The event at `position` with the proof that it is in the tree of `size` leaves. */
export async function proveEvent(
  tx: Transaction,
  tenantId: string,
  position: number,
  size: number,
): Promise<ProvenEvent> {
  const [event] = await proveEvents(tx, tenantId, { after: position - 1, until: position }, { size, limit: 1 });
  if (!event) throw new AppError("not_found", `The log of ${size} events has no event ${position}.`);
  return event;
}

/** How many events of the tree of `size` leaves the filter takes. */
export function countEvents(tx: Transaction, tenantId: string, filter: EventFilter, size: number): Promise<number> {
  return tx.event.count({ where: where(tenantId, filter, size) });
}

function where(
  tenantId: string,
  { after = 0, until = Number.MAX_SAFE_INTEGER, actor, streamType, from, to }: EventFilter,
  size: number,
) {
  return {
    tenantId,
    position: { gt: after, lte: Math.min(until, size) },
    ...(actor === undefined ? {} : { actor }),
    ...(streamType === undefined ? {} : { streamType }),
    at: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) },
  };
}

/** Events of the tree of `size` leaves that the filter takes, in order, each with its proof. */
export async function proveEvents(
  tx: Transaction,
  tenantId: string,
  filter: EventFilter,
  tree: { size: number; limit: number },
): Promise<ProvenEvent[]> {
  const rows = await tx.event.findMany({
    where: where(tenantId, filter, tree.size),
    orderBy: { position: "asc" },
    take: tree.limit,
    select: { position: true, bytes: true, leafHash: true },
  });
  const read = nodesOf(tx, tenantId, tree.size);
  const proven: ProvenEvent[] = [];
  for (const row of rows) {
    const position = Number(row.position);
    const path = await proveInclusion(read, position - 1, tree.size);
    proven.push({
      position,
      leafHash: toBase64(row.leafHash),
      event: row.bytes && Buffer.from(row.bytes).toString("utf8"),
      proof: path.map(toBase64),
    });
  }
  return proven;
}

/** That the log of `to` events begins with that of `from`; each hash in base64. */
export async function proveGrowth(tx: Transaction, tenantId: string, from: number, to: number): Promise<string[]> {
  const path = await proveConsistency(nodesOf(tx, tenantId, to), from, to);
  return path.map(toBase64);
}
