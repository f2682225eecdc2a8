import { randomUUID } from "node:crypto";
import { Prisma, type Transaction } from "@/lib/database";
import { append, lockLog } from "./append";
import { latestCheckpoint } from "./checkpoints";

/**
 * Kinds of streams that tell of what happened once, and that no state is ever built of. The words of every other event are needed to
 * load its stream, however old it is. The policy `archive` of the table says the same.
 */
export const ARCHIVABLE = ["refusal", "sign-in-failure", "token-refusal", "export", "audit-export", "test"] as const;

/** PostgreSQL lets nothing younger be emptied. */
export const LEAST_DAYS = 30;

const AT_ONCE = 5_000;
const DAY_MS = 86_400_000;

/**
 * Leaves the hash alone of events older than `days` that are in a signed checkpoint, at most so many at once, and says so in the
 * log itself. Returns how many it was; fewer than `atOnce`: there are no more.
 */
export async function archiveEvents(
  tx: Transaction,
  tenantId: string,
  days: number,
  now: Date,
  atOnce = AT_ONCE,
): Promise<number> {
  const head = await lockLog(tx, tenantId);
  const signed = await latestCheckpoint(tx, tenantId);
  if (!signed) return 0;
  const before = new Date(now.getTime() - Math.max(days, LEAST_DAYS) * DAY_MS);
  const kinds = Prisma.join([...ARCHIVABLE]);
  const rows = await tx.$queryRaw<{ position: bigint }[]>`
    UPDATE events SET data = '{}', bytes = NULL
    WHERE tenant_id = ${tenantId}::uuid AND position = ANY (ARRAY(
      SELECT position FROM events
      WHERE tenant_id = ${tenantId}::uuid AND bytes IS NOT NULL AND stream_type = ANY (ARRAY[${kinds}])
        AND at < ${before}::timestamptz AND position <= ${signed.size}::bigint
      ORDER BY at LIMIT ${atOnce}::int))
    RETURNING position`;
  if (rows.length === 0) return 0;
  const positions = rows.map(({ position }) => Number(position));
  const data = { count: rows.length, from: least(positions), upTo: most(positions), days, checkpoint: signed.size };
  const author = { tenantId, actor: "system", requestId: "retention" };
  const stream = { type: "audit-archive", id: randomUUID() };
  await append(tx, author, stream, 0, [{ type: "AuditArchived", data }], now, head);
  return rows.length;
}

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
