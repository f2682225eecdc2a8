import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import {
  formatTreeHead,
  type Hash,
  openCheckpoint,
  ProofError,
  sameHash,
  type TreeHead,
  type VerifierKey,
  verifyConsistency,
} from "./proofs/contract";
import { proveConsistency } from "./proofs/tree";
import { keepTiles, nodesOf, treeRoot } from "./tiles";

export interface StoredCheckpoint {
  size: number;
  root: Hash;
  /** As the log signed it. */
  note: string;
  signedAt: Date;
}

/** Who signs a log, and as what. */
export interface LogSigner {
  origin: string;
  keys: readonly VerifierKey[];
  /** The text of a checkpoint with the log's signatures under it. */
  sign(text: string): string;
}

interface Row {
  size: bigint;
  root: Uint8Array;
  note: string;
  signed_at: Date;
}

const stored = ({ size, root, note, signed_at: signedAt }: Row): StoredCheckpoint => ({
  size: Number(size),
  root: Uint8Array.from(root),
  note,
  signedAt,
});

/** The largest checkpoint of the log, or the largest of `size` leaves at most. */
export async function latestCheckpoint(
  tx: Transaction,
  tenantId: string,
  size = Number.MAX_SAFE_INTEGER,
): Promise<StoredCheckpoint | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT size, root, note, signed_at FROM checkpoints
    WHERE tenant_id = ${tenantId}::uuid AND size <= ${size}::bigint ORDER BY size DESC LIMIT 1`;
  return row && stored(row);
}

/** All of them, the oldest first. */
export async function listCheckpoints(tx: Transaction, tenantId: string): Promise<StoredCheckpoint[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT size, root, note, signed_at FROM checkpoints WHERE tenant_id = ${tenantId}::uuid ORDER BY size`;
  return rows.map(stored);
}

export async function logSize(tx: Transaction, tenantId: string): Promise<number> {
  const [head] = await tx.$queryRaw<{ position: bigint }[]>`
    SELECT position FROM event_heads WHERE tenant_id = ${tenantId}::uuid`;
  return Number(head?.position ?? 0);
}

/** What is missing before `signLog` can sign; false: call it again, in a transaction of its own. */
export async function prepareLog(tx: Transaction, tenantId: string): Promise<boolean> {
  await alone(tx, tenantId);
  return keepTiles(tx, tenantId, await logSize(tx, tenantId));
}

// Two that sign at once could sign two trees that are not one.
async function alone(tx: Transaction, tenantId: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`checkpoint|${tenantId}`}, 0))::text AS locked`;
}

/**
 * Signs where the log ends now, unless that was signed already. Before that the last checkpoint is verified, and the log held
 * against it: `log_inconsistent` when the log lost or changed what was signed, and nothing is signed. Undefined: the log is empty.
 */
export async function signLog(
  tx: Transaction,
  tenantId: string,
  signer: LogSigner,
  now: Date,
): Promise<StoredCheckpoint | undefined> {
  await alone(tx, tenantId);
  const last = await latestCheckpoint(tx, tenantId);
  const size = await logSize(tx, tenantId);
  const before = last && readBack(last, signer);
  if (before && size < before.size) {
    throw inconsistent(signer.origin, `it has ${size} events, and ${before.size} were signed`);
  }
  if (size === 0 || (last && last.size === size)) return last;
  if (!(await keepTiles(tx, tenantId, size))) throw new AppError("internal", "The tree of the log is not prepared.");
  const root = await treeRoot(tx, tenantId, size);
  if (before) {
    const path = await proveConsistency(nodesOf(tx, tenantId, size), before.size, size);
    if (!verifyConsistency(before, { size, root }, path)) {
      throw inconsistent(signer.origin, `its first ${before.size} events are not those that were signed`);
    }
  }
  const note = signer.sign(formatTreeHead({ origin: signer.origin, size, root }));
  await tx.$executeRaw`
    INSERT INTO checkpoints (tenant_id, size, root, note, signed_at)
    VALUES (${tenantId}::uuid, ${size}::bigint, ${Buffer.from(root)}::bytea, ${note}, ${now}::timestamptz)`;
  return { size, root, note, signedAt: now };
}

function readBack(checkpoint: StoredCheckpoint, { origin, keys }: LogSigner): TreeHead {
  try {
    const opened = openCheckpoint(checkpoint.note, keys);
    if (opened.size === checkpoint.size && sameHash(opened.root, checkpoint.root)) return opened;
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    throw inconsistent(origin, `the checkpoint of ${checkpoint.size} events cannot be verified: ${error.message}`);
  }
  throw inconsistent(origin, `the checkpoint of ${checkpoint.size} events is not what was signed`);
}

function inconsistent(origin: string, why: string): AppError {
  return new AppError(
    "log_inconsistent",
    `The log ${origin} is not what was signed of it: ${why}. Nothing more is signed.`,
  );
}

export async function cosignaturesOf(tx: Transaction, tenantId: string, size: number): Promise<string> {
  const rows = await tx.$queryRaw<{ line: string }[]>`
    SELECT line FROM checkpoint_cosignatures WHERE tenant_id = ${tenantId}::uuid AND size = ${size}::bigint ORDER BY key`;
  return rows.map(({ line }) => line).join("");
}

export async function keepCosignature(
  tx: Transaction,
  tenantId: string,
  given: { size: number; key: string; line: string; now: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO checkpoint_cosignatures (tenant_id, size, key, line, received_at)
    VALUES (${tenantId}::uuid, ${given.size}::bigint, ${given.key}, ${given.line}, ${given.now}::timestamptz)
    ON CONFLICT DO NOTHING`;
}
