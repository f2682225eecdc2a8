import { z } from "zod";

/** What stays of somebody who was erased: that it was done, and how to know their id again, should a backup bring it back. */
export const receiptSchema = z.object({
  id: z.uuid(),
  requestedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  /** `own`: they asked for it themselves. */
  requestedBy: z.enum(["own", "operator"]),
  /** How many rows of which table went or were emptied. */
  rows: z.record(z.string(), z.number().int()),
  tenants: z.number().int(),
  /** SHA-256 over salt and the person's id, both as they stand here, in hex. */
  salt: z.string(),
  hash: z.string(),
  /** Where the erasure stands in the installation's log. */
  proof: z.object({ log: z.string(), position: z.number().int(), leafHash: z.string() }),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const ERASURE_STEPS = ["access", "tenants", "person", "receipt", "done"] as const;

export const erasureDtoSchema = z.object({
  id: z.uuid(),
  step: z.enum(ERASURE_STEPS),
  requestedAt: z.iso.datetime(),
  /** Why it waits; it is tried again. */
  error: z.string().nullable(),
  receipt: receiptSchema.nullable(),
});
export type ErasureDto = z.infer<typeof erasureDtoSchema>;

const address = z.string().trim().toLowerCase().max(320);

/** The address once more, typed by whoever asks. */
export const eraseOwnSchema = z.object({ email: address });
export const personAddressSchema = z.object({ email: address });

export interface PersonExport {
  exportedAt: string;
  person: string;
  /** Rows by table; `tenant` is the slug of where they are. */
  tables: Record<string, Record<string, unknown>[]>;
}

/** A ZIP file inside of an answer, in base64. */
export const personFileSchema = z.object({ name: z.string(), zip: z.base64() });

export const processingSchema = z.object({
  activities: z.array(
    z.object({
      purpose: z.string(),
      recipients: z.string(),
      bases: z.array(z.string()),
      categories: z.array(z.string()),
      columns: z.array(
        z.object({ column: z.string(), category: z.string(), retention: z.string(), erasure: z.string() }),
      ),
    }),
  ),
});
export type Processing = z.infer<typeof processingSchema>;
