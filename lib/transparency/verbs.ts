import { z } from "zod";
import { latestCheckpoint, proveEvent, proveGrowth, readTile, type StoredCheckpoint } from "@/lib/audit";
import { formatKnownKey, formatVerifierKey, type VerifierKey } from "@/lib/audit/proofs/contract";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { query, type TenantContext } from "@/lib/tenancy";
import { checkpointNow, wholeNote } from "./checkpoint";
import {
  type eventProofSchema,
  type growthProofSchema,
  growthQuerySchema,
  proofQuerySchema,
  type renewalsSchema,
  tilePathSchema,
} from "./contract";
import { signingKeys } from "./keys";
import { knownKeys, renewalsIn } from "./renewals";
import { parseTilePath } from "./tile-path";

const permission = "audit:view";

/** The log's keys, also those that were replaced; an installation without any gets them now. */
async function keysOf(tenantId: string): Promise<VerifierKey[]> {
  const known = await knownKeys(tenantId);
  return known.length > 0 ? known : (await signingKeys(tenantId)).pairs.flatMap(({ keys }) => keys);
}

/** As a browser takes them, which trusts us for them. */
const logKeys = async (tenantId: string): Promise<string[]> => (await keysOf(tenantId)).map(formatVerifierKey);

/** As a witness and an auditor take them: of one that was replaced also how far it signed. */
export const publishedKeys = async (tenantId: string): Promise<string[]> =>
  (await keysOf(tenantId)).map(formatKnownKey);

/** That of `size` exactly, or the newest. */
async function signedOf(tx: Transaction, tenantId: string, size?: number): Promise<StoredCheckpoint> {
  const found = await latestCheckpoint(tx, tenantId, size);
  if (!found || (size !== undefined && found.size !== size)) {
    throw new AppError("not_found", size ? `No checkpoint of ${size} events was signed.` : "The log is still empty.");
  }
  return found;
}

const seeLog = query({ name: "seeLog", permission, input: z.object({}) }, async () => {});

const checkpointOf = query(
  { name: "readCheckpoint", permission, input: proofQuerySchema.pick({ size: true }) },
  async (tx, { size }, { tenantId }) => wholeNote(tx, tenantId, await signedOf(tx, tenantId, size)),
);

/** The signed checkpoint of where the tenant's log ends now. */
export async function readCheckpoint(ctx: TenantContext): Promise<string> {
  await seeLog(ctx, {});
  await checkpointNow(ctx.tenantId);
  return checkpointOf(ctx, {});
}

const eventProof = query(
  { name: "proveEvent", permission, input: proofQuerySchema },
  async (tx, { position, size }, { tenantId }) => {
    const signed = await signedOf(tx, tenantId, size);
    const event = await proveEvent(tx, tenantId, position, signed.size);
    return { ...event, proof: [...event.proof], size: signed.size, checkpoint: await wholeNote(tx, tenantId, signed) };
  },
);

/** An event with the proof that it is in the log; without a size against the newest checkpoint, which covers it. */
export async function readEventProof(
  ctx: TenantContext,
  input: z.input<typeof proofQuerySchema>,
): Promise<z.infer<typeof eventProofSchema>> {
  await seeLog(ctx, {});
  if (input.size === undefined) await checkpointNow(ctx.tenantId);
  return { ...(await eventProof(ctx, input)), keys: await logKeys(ctx.tenantId) };
}

const growthProof = query(
  { name: "proveGrowth", permission, input: growthQuerySchema },
  async (tx, { from, to }, { tenantId }) => {
    const signed = await signedOf(tx, tenantId, to);
    if (from > signed.size) throw new AppError("not_found", `The log has ${signed.size} events, and not ${from}.`);
    const proof = await proveGrowth(tx, tenantId, from, signed.size);
    return { from, to: signed.size, proof, checkpoint: await wholeNote(tx, tenantId, signed) };
  },
);

/** That the log of `to` events begins with that of `from`. */
export async function readGrowthProof(
  ctx: TenantContext,
  input: z.input<typeof growthQuerySchema>,
): Promise<z.infer<typeof growthProofSchema>> {
  return { ...(await growthProof(ctx, input)), keys: await logKeys(ctx.tenantId) };
}

/** A tile of the tree as far as it was signed; `whole` ones never change. */
export const readLogTile = query(
  { name: "readLogTile", permission, input: tilePathSchema },
  async (tx, { path }, { tenantId }): Promise<{ bytes: Buffer; whole: boolean }> => {
    const { level, tile, width } = parseTilePath(path);
    const { size } = await signedOf(tx, tenantId);
    const hashes = await readTile(tx, tenantId, { level, tile, size });
    if (!hashes || hashes.length < width) throw new AppError("not_found", "The tree has no such tile.");
    return { bytes: Buffer.concat(hashes.slice(0, width)), whole: width === 256 };
  },
);

/** How the log's keys were replaced: what a witness holds against those that it knows. */
export const readRenewals = query(
  { name: "readRenewals", permission, input: z.object({}) },
  async (tx, _input, { tenantId }): Promise<z.infer<typeof renewalsSchema>> => ({
    renewals: (await renewalsIn(tx, tenantId)).map(({ size, renewal }) => ({ size, ...renewal })),
  }),
);
