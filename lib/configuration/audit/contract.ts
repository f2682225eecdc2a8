import { z } from "zod";

export const eventChangesQuerySchema = z.object({
  position: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
});

/** What one event of the log did to a change's configuration, as a review would show it. */
export const eventChangesSchema = z.object({
  changes: z.array(
    z.object({
      kind: z.enum(["added", "removed", "changed", "moved", "renamed"]),
      noun: z.string(),
      label: z.string(),
      key: z.string().nullable(),
      before: z.unknown(),
      after: z.unknown(),
      /** `before` and `after` say only whether there is one. */
      secret: z.boolean(),
    }),
  ),
  /** There are more than are told here. */
  more: z.number().int(),
});
export type EventChanges = z.infer<typeof eventChangesSchema>;
