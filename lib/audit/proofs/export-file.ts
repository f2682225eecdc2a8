import { z } from "zod";
import { canonicalJson } from "./canonical";
import type { ProvenEvent } from "./event";
import { renewalSchema } from "./renewal";

/**
 * An export is JSON, one value in a line, each line written one way only (sorted keys, no white space). The first tells what the
 * file is and holds the signed checkpoint; each further one is an event with its own proof, so that a line can be judged alone.
 */
export const EXPORT_FORMAT = "signalbox-audit-export/1";

export const exportHeaderSchema = z.strictObject({
  format: z.literal(EXPORT_FORMAT),
  checkpoint: z.string(),
  /** Nobody vouches for these but the file itself: an auditor has the keys from elsewhere. */
  keys: z.array(z.string()),
  /** Whether the log's events are all here, from the first to the last of the checkpoint. */
  complete: z.boolean(),
  events: z.number().int().min(0),
  /** Which events were asked for. */
  filter: z.record(z.string(), z.union([z.string(), z.number()])),
  /** That the log goes on from an earlier checkpoint of this size. */
  since: z.strictObject({ size: z.number().int().min(1), proof: z.array(z.string()) }).nullable(),
  /** How the log's keys were replaced, the oldest first, each with the proof that the log goes on from there. */
  renewals: z.array(renewalSchema.extend({ growth: z.array(z.string()) })).optional(),
});

export type ExportHeader = z.infer<typeof exportHeaderSchema>;

export const exportLineSchema = z.strictObject({
  position: z.number().int().min(1),
  leafHash: z.string(),
  /** The event itself, the bytes of whose canonical form were hashed; null where retention or erasure left the hash alone. */
  event: z.record(z.string(), z.unknown()).nullable(),
  proof: z.array(z.string()),
});

export const exportHeaderLine = (header: ExportHeader): string => `${canonicalJson(header)}\n`;

/** The event's text goes in as it was hashed. */
export function exportEventLine({ event, leafHash, position, proof }: ProvenEvent): string {
  return `{"event":${event ?? "null"},"leafHash":${canonicalJson(leafHash)},"position":${position},"proof":${canonicalJson([...proof])}}\n`;
}
