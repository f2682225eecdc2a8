import { randomUUID } from "node:crypto";
import {
  append,
  cosignaturesOf,
  latestCheckpoint,
  logSize,
  prepareLog,
  type StoredCheckpoint,
  signLog,
} from "@/lib/audit";
import {
  formatVerifierKey,
  labelOf,
  openCheckpoint,
  ProofError,
  renewalText,
  sameHash,
} from "@/lib/audit/proofs/contract";
import { type Transaction, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { forgetKeys, type LogPair, signingKeys } from "./keys";
import { knownKeys, RENEWAL_EVENT, RENEWAL_STREAM, signerLabels } from "./renewals";

/** A log that has never been signed is long the first time. */
const TIMEOUT_MS = 60_000;

/** The checkpoint of where the log ends now, signed when there is none yet; undefined while the log is empty. */
export async function checkpointNow(tenantId: string): Promise<StoredCheckpoint | undefined> {
  const current = await withTenant(tenantId, async (tx) => {
    const last = await latestCheckpoint(tx, tenantId);
    return last?.size === (await logSize(tx, tenantId)) ? last : undefined;
  });
  return current ?? (await signNow(tenantId));
}

/** Signs where the log ends, by the newest keys: whoever signed it before hands over to them first. */
export async function signNow(tenantId: string): Promise<StoredCheckpoint | undefined> {
  const sign = async () => {
    const { origin, pairs } = await signingKeys(tenantId);
    while (!(await withTenant(tenantId, (tx) => prepareLog(tx, tenantId), { timeout: TIMEOUT_MS })));
    return withTenant(tenantId, (tx) => signIn(tx, tenantId, { origin, pairs }), { timeout: TIMEOUT_MS });
  };
  const first = await sign();
  if (first !== "other keys") return first;
  // Another process has made them since these were read.
  forgetKeys();
  const second = await sign();
  if (second !== "other keys") return second;
  throw new AppError("log_inconsistent", "The last checkpoint of the log was signed by keys that are not there.");
}

async function signIn(
  tx: Transaction,
  tenantId: string,
  { origin, pairs }: { origin: string; pairs: readonly LogPair[] },
): Promise<StoredCheckpoint | undefined | "other keys"> {
  const keys = pairs.flatMap((pair) => pair.keys);
  const by = ({ sign }: LogPair) => signLog(tx, tenantId, { origin, keys, sign }, new Date());
  const [newest] = pairs;
  if (!newest) throw new AppError("internal", "There are no keys to sign with.");
  // Nobody else signs until this is over: what is read now is what is handed over.
  await prepareLog(tx, tenantId);
  const last = await latestCheckpoint(tx, tenantId);
  const before = last ? signerOf(last, pairs) : newest;
  if (!before) return "other keys";
  const signed = await by(before);
  if (!signed || before === newest) return signed;
  await handOver(tx, tenantId, { origin, signed, before, next: newest });
  return by(newest);
}

/** Whose names stand under it; that the signatures are right is verified before anything is signed, and said by who signs. */
function signerOf(last: StoredCheckpoint, pairs: readonly LogPair[]): LogPair | undefined {
  const labels = signerLabels(last);
  return labels ? pairs.find(({ keys }) => keys.some((key) => labels.has(labelOf(key)))) : pairs[0];
}

/**
 * The keys before announce those that follow, and the log says so. In one transaction with the first checkpoint of the next keys:
 * so under the last checkpoint stands who signs.
 */
async function handOver(
  tx: Transaction,
  tenantId: string,
  { origin, signed, before, next }: { origin: string; signed: StoredCheckpoint; before: LogPair; next: LogPair },
): Promise<void> {
  const keys = next.announced().map(formatVerifierKey);
  const { size, root } = signed;
  const statement = before.sign(renewalText({ origin, size, root }, keys));
  const data = { size, keys, replaced: before.keys.map(labelOf), statement };
  const author = { tenantId, actor: "system", requestId: "background" };
  const stream = { type: RENEWAL_STREAM, id: randomUUID() };
  await append(tx, author, stream, 0, [{ type: RENEWAL_EVENT, data }], new Date());
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
  const keys = await knownKeys(tenantId);
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
