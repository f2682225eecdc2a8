import { z } from "zod";
import { latestCheckpoint, type StoredCheckpoint } from "@/lib/audit";
import {
  labelOf,
  ProofError,
  parseNote,
  type Renewal,
  renewalSchema,
  type VerifierKey,
} from "@/lib/audit/proofs/contract";
import { type Transaction, withTenant } from "@/lib/database";
import { publishedPairs } from "./keys";

/** In each log, where its keys were replaced. */
export const RENEWAL_STREAM = "checkpoint-keys";
export const RENEWAL_EVENT = "CheckpointKeysRenewed";

const dataSchema = z.object({ ...renewalSchema.shape, size: z.number().int().min(1) });

export interface LogRenewal {
  /** Up to which the replaced keys signed. */
  size: number;
  renewal: Renewal;
}

/** How the keys of a log were replaced, the oldest first. Nothing of it is verified here: `openRenewal`. */
export async function renewalsIn(tx: Transaction, tenantId: string): Promise<LogRenewal[]> {
  const rows = await tx.event.findMany({
    where: { tenantId, streamType: RENEWAL_STREAM },
    orderBy: { position: "asc" },
    select: { data: true },
  });
  return rows.flatMap(({ data }) => {
    const read = dataSchema.safeParse(data);
    if (!read.success) return [];
    const { size, keys, statement } = read.data;
    return [{ size, renewal: { keys, statement } }];
  });
}

/** Whose names stand under a checkpoint; undefined: it is no note. */
export function signerLabels({ note }: StoredCheckpoint): Set<string> | undefined {
  try {
    return new Set(parseNote(note).signatures.map(labelOf));
  } catch (error) {
    if (error instanceof ProofError) return undefined;
    throw error;
  }
}

/** By which keys a log is signed, and how far those signed it that were replaced; none before the first checkpoint of all. */
export async function knownKeys(tenantId: string): Promise<VerifierKey[]> {
  const pairs = await publishedPairs(tenantId);
  const { renewals, last } = await withTenant(tenantId, async (tx) => ({
    renewals: await renewalsIn(tx, tenantId),
    last: await latestCheckpoint(tx, tenantId),
  }));
  const indexOf = (labels: Iterable<string>) => {
    const wanted = new Set(labels);
    return pairs.findIndex(({ keys }) => keys.some((key) => wanted.has(labelOf(key))));
  };
  // Logs that began later were never signed by what was replaced before.
  const signing = last ? indexOf(signerLabels(last) ?? []) : 0;
  const oldest = renewals.length === 0 && signing >= 0 ? signing : pairs.length - 1;
  const ends = renewals.map(({ size, renewal }) => ({ size, index: indexOf(renewal.keys.map(labelIn)) }));
  return pairs.slice(0, oldest + 1).flatMap(({ keys }, index) => {
    const sizes = ends.filter((end) => end.index >= 0 && end.index < index).map(({ size }) => size);
    return sizes.length === 0 ? keys : keys.map((key) => ({ ...key, until: Math.min(...sizes) }));
  });
}

/** Of a vkey: its name and id. */
const labelIn = (vkey: string) => vkey.split("+").slice(0, 2).join("+");
