import { cosignaturesOf, latestCheckpoint, logSize, prepareLog, type StoredCheckpoint, signLog } from "@/lib/audit";
import { openCheckpoint, ProofError, sameHash } from "@/lib/audit/proofs/contract";
import { type Transaction, withTenant } from "@/lib/database";
import { logSigner, logVerifiers } from "./keys";

/** A log that has never been signed is long the first time. */
const TIMEOUT_MS = 60_000;

/** The checkpoint of where the log ends now, signed when there is none yet; undefined while the log is empty. */
export async function checkpointNow(tenantId: string): Promise<StoredCheckpoint | undefined> {
  const current = await withTenant(tenantId, async (tx) => {
    const last = await latestCheckpoint(tx, tenantId);
    return last?.size === (await logSize(tx, tenantId)) ? last : undefined;
  });
  if (current) return current;
  const signer = await logSigner(tenantId);
  while (!(await withTenant(tenantId, (tx) => prepareLog(tx, tenantId), { timeout: TIMEOUT_MS })));
  return withTenant(tenantId, (tx) => signLog(tx, tenantId, signer, new Date()), { timeout: TIMEOUT_MS });
}

/** The checkpoint with what witnesses wrote under it. */
export async function wholeNote(tx: Transaction, tenantId: string, { size, note }: StoredCheckpoint): Promise<string> {
  return note + (await cosignaturesOf(tx, tenantId, size));
}

/** The whole checkpoint of where the log ends now; empty while the log is. */
export async function readCheckpointNote(tenantId: string): Promise<string> {
  const signed = await checkpointNow(tenantId);
  return signed ? withTenant(tenantId, (tx) => wholeNote(tx, tenantId, signed)) : "";
}

/**
 * Whether the newest checkpoint is what a key of the installation signed: its size, or what is wrong with it. Undefined: nothing of
 * the log was signed yet.
 */
export async function judgeCheckpoint(tenantId: string): Promise<{ size: number; problem?: string } | undefined> {
  const keys = await logVerifiers(tenantId);
  const last = await withTenant(tenantId, (tx) => latestCheckpoint(tx, tenantId));
  if (!last) return undefined;
  try {
    const { size, root } = openCheckpoint(last.note, keys);
    if (size === last.size && sameHash(root, last.root)) return { size };
    return { size: last.size, problem: "it is not what was signed" };
  } catch (error) {
    if (error instanceof ProofError) return { size: last.size, problem: error.message };
    throw error;
  }
}
