import { createHash } from "node:crypto";
import { canonicalJson } from "./proofs/canonical";

/** What is hashed of an event; the tenant and the predecessor are part of it, so neither can be swapped. */
export interface EventRecord {
  tenantId: string;
  position: number;
  streamType: string;
  streamId: string;
  streamVersion: number;
  type: string;
  data: unknown;
  actor: string;
  requestId: string;
  at: Date;
  previousHash: Uint8Array;
}

export function canonicalBytes(record: EventRecord): Buffer {
  // Picked one by one: a row of the table has more columns than these.
  const { tenantId, position, streamType, streamId, streamVersion, type, data, actor, requestId } = record;
  const at = record.at.toISOString();
  const previousHash = Buffer.from(record.previousHash).toString("hex");
  const hashed = { tenantId, position, streamType, streamId, streamVersion, type, data, actor, requestId, at };
  return Buffer.from(canonicalJson({ ...hashed, previousHash }), "utf8");
}

/** RFC 6962 §2.1: the hash of a leaf is SHA-256 over 0x00 and its bytes. */
export function leafHash(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(Buffer.of(0)).update(bytes).digest();
}

/** What the first event of a log has for its predecessor: RFC 6962's hash of the empty tree. */
export const EMPTY_LOG_HASH: Buffer = createHash("sha256").digest();
