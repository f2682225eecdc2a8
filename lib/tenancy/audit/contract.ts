import { z } from "zod";

/** One record of a log as the audit page shows it; `actor` is an opaque id, `actorName` is looked up elsewhere. */
export const auditEntrySchema = z.object({
  position: z.number().int(),
  at: z.iso.datetime(),
  type: z.string(),
  streamType: z.string(),
  streamId: z.string(),
  actor: z.string(),
  actorName: z.string().nullable(),
  requestId: z.string(),
  data: z.record(z.string(), z.unknown()),
  leafHash: z.string(),
  /** Retention left the hash alone. */
  archived: z.boolean(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

const time = z.iso.datetime({ offset: true }).or(z.iso.date());
const MOST_TYPES = 100;

/** Which events of a log: all conditions at once. */
export const auditFilterSchema = z.object({
  q: z.string().trim().max(100).optional().describe("Words in what is told of an event, or in the name of its actor"),
  named: z
    .string()
    .max(4_000)
    .optional()
    .describe("Types with commas between, whose names in the reader's language hold the words"),
  actor: z.string().max(100).optional(),
  noun: z.string().max(100).optional().describe("The kind of thing that the event is about: its stream's type"),
  type: z.string().max(100).optional(),
  from: time.optional(),
  to: time.optional().describe("Exclusive; of a day: up to its end"),
});
export type AuditFilter = z.input<typeof auditFilterSchema>;

export const namedTypes = (named: string | undefined): string[] =>
  (named ?? "").split(",").filter(Boolean).slice(0, MOST_TYPES);

export const auditQuerySchema = auditFilterSchema.extend({
  before: z.coerce.number().int().positive().optional().describe("Events before this position"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  /** `before` of the next page; one answer looks at so many events, so that a page may be empty and not be the last. */
  next: z.number().int().nullable(),
  /** To choose from, with the first page: what the last events were about, and by whom. */
  kinds: z
    .object({
      actors: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
      nouns: z.array(z.string()),
      types: z.array(z.string()),
    })
    .nullable(),
});
