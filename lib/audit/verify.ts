import type { Transaction } from "@/lib/database";
import { canonicalBytes, EMPTY_LOG_HASH, leafHash } from "./record";

export interface LogProblem {
  position: number;
  problem: "missing" | "bytes_changed" | "columns_changed" | "chain_broken" | "head_differs" | "checkpoint_differs";
}

export interface LogVerification {
  events: number;
  head: string;
  problems: LogProblem[];
}

/** Position and hash that somebody wrote down earlier, outside this database. */
export interface Checkpoint {
  position: number;
  hash: string;
}

const BATCH = 1000;

/**
 * Recomputes every hash of the tenant's log: an edit, a deletion, a reorder or a cut tail is a problem. A log that was
 * replaced as a whole, with its head, is found only against a `checkpoint` kept elsewhere.
 */
export async function verifyLog(tx: Transaction, tenantId: string, checkpoint?: Checkpoint): Promise<LogVerification> {
  const problems: LogProblem[] = [];
  let previous: Buffer = EMPTY_LOG_HASH;
  let expected = 1;
  for (;;) {
    const rows = await tx.event.findMany({
      where: { tenantId, position: { gte: expected } },
      orderBy: { position: "asc" },
      take: BATCH,
    });
    for (const row of rows) {
      const position = Number(row.position);
      for (; expected < position; expected++) problems.push({ position: expected, problem: "missing" });
      const bytes = Buffer.from(row.bytes);
      const stored = Buffer.from(row.leafHash);
      if (!leafHash(bytes).equals(stored)) problems.push({ position, problem: "bytes_changed" });
      if (!canonicalBytes({ ...row, position, data: row.data }).equals(bytes)) {
        problems.push({ position, problem: "columns_changed" });
      }
      if (!previous.equals(Buffer.from(row.previousHash))) problems.push({ position, problem: "chain_broken" });
      previous = stored;
      if (checkpoint?.position === position && checkpoint.hash !== stored.toString("hex")) {
        problems.push({ position, problem: "checkpoint_differs" });
      }
      expected = position + 1;
    }
    if (rows.length < BATCH) break;
  }
  const head = await tx.eventHead.findUnique({ where: { tenantId } });
  const last = expected - 1;
  const headPosition = Number(head?.position ?? 0);
  if (headPosition !== last || (head && !Buffer.from(head.hash).equals(previous))) {
    problems.push({ position: headPosition, problem: "head_differs" });
  }
  if (checkpoint && checkpoint.position > last) {
    problems.push({ position: checkpoint.position, problem: "checkpoint_differs" });
  }
  return { events: last, head: previous.toString("hex"), problems };
}
