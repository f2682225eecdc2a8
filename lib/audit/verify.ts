import type { Transaction } from "@/lib/database";
import { listCheckpoints } from "./checkpoints";
import { sameHash } from "./proofs/contract";
import { Frontier } from "./proofs/frontier";
import { canonicalBytes, EMPTY_LOG_HASH, leafHash } from "./record";

export interface LogProblem {
  position: number;
  problem: "missing" | "bytes_changed" | "columns_changed" | "chain_broken" | "head_differs" | "checkpoint_differs";
}

export interface LogVerification {
  events: number;
  /** How many of them retention or erasure left as a hash. */
  archived: number;
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
 * Recomputes every hash of the tenant's log, and the tree at each checkpoint that was signed: an edit, a deletion, a reorder or a
 * cut tail is a problem. A log that was replaced as a whole, with its head and its checkpoints, is found only against a
 * `checkpoint` kept elsewhere, or by a witness.
 */
export async function verifyLog(tx: Transaction, tenantId: string, checkpoint?: Checkpoint): Promise<LogVerification> {
  const problems: LogProblem[] = [];
  let previous: Buffer = EMPTY_LOG_HASH;
  let expected = 1;
  let archived = 0;
  const tree = new Frontier();
  const signed = new Map((await listCheckpoints(tx, tenantId)).map(({ size, root }) => [size, root]));
  for (;;) {
    const rows = await tx.event.findMany({
      where: { tenantId, position: { gte: expected } },
      orderBy: { position: "asc" },
      take: BATCH,
    });
    for (const row of rows) {
      const position = Number(row.position);
      for (; expected < position; expected++) problems.push({ position: expected, problem: "missing" });
      const stored = Buffer.from(row.leafHash);
      if (row.bytes === null) archived += 1;
      else {
        const bytes = Buffer.from(row.bytes);
        if (!leafHash(bytes).equals(stored)) problems.push({ position, problem: "bytes_changed" });
        if (!canonicalBytes({ ...row, position, data: row.data }).equals(bytes)) {
          problems.push({ position, problem: "columns_changed" });
        }
      }
      if (!previous.equals(Buffer.from(row.previousHash))) problems.push({ position, problem: "chain_broken" });
      previous = stored;
      tree.add(stored);
      const root = signed.get(position);
      if (root && (tree.size !== position || !sameHash(tree.root(), root))) {
        problems.push({ position, problem: "checkpoint_differs" });
      }
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
  for (const size of signed.keys()) if (size > last) problems.push({ position: size, problem: "checkpoint_differs" });
  if (checkpoint && checkpoint.position > last) {
    problems.push({ position: checkpoint.position, problem: "checkpoint_differs" });
  }
  return { events: last, archived, head: previous.toString("hex"), problems };
}
