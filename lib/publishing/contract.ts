import { z } from "zod";

export const PUBLICATION_STATUSES = ["requested", "running", "verified", "unverified", "failed", "restored"] as const;
export type PublicationStatus = (typeof PUBLICATION_STATUSES)[number];

/** Ends exactly once, in one of these. `unverified` is not green: it is written, and nobody could prove that it runs. */
export const FINAL_STATUSES = ["verified", "unverified", "failed", "restored"] as const;
export type FinalStatus = (typeof FINAL_STATUSES)[number];

export function isFinal(status: PublicationStatus): status is FinalStatus {
  return (FINAL_STATUSES as readonly string[]).includes(status);
}

export const STEP_NAMES = ["prepare", "write", "reload", "verify", "restore_write", "restore_reload"] as const;
export type StepName = (typeof STEP_NAMES)[number];

export const STEP_STATUSES = ["pending", "running", "done", "unverified", "failed", "skipped"] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

export const publicationStepDtoSchema = z.object({
  target: z.object({ id: z.uuid(), name: z.string() }),
  replica: z.string().optional(),
  step: z.enum(STEP_NAMES),
  status: z.enum(STEP_STATUSES),
  detail: z.string(),
  at: z.iso.datetime(),
});
export type PublicationStepDto = z.infer<typeof publicationStepDtoSchema>;

export const publicationErrorSchema = z.object({
  /** A code of `lib/errors`. */
  code: z.string(),
  message: z.string(),
  /** The target's own words, as it said them. */
  upstream: z.string().optional(),
  /** The place in the configuration that the words mean, when exactly one fits. */
  path: z.array(z.union([z.string(), z.number()])).optional(),
  target: z.string().optional(),
  replica: z.string().optional(),
});
export type PublicationError = z.infer<typeof publicationErrorSchema>;

export const publicationDtoSchema = z.object({
  id: z.uuid(),
  revision: z.number().int(),
  changeId: z.uuid().nullable(),
  comment: z.string(),
  status: z.enum(PUBLICATION_STATUSES),
  steps: z.array(publicationStepDtoSchema),
  error: publicationErrorSchema.optional(),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type PublicationDto = z.infer<typeof publicationDtoSchema>;

export const requestPublicationSchema = z.object({
  changeId: z.uuid(),
  comment: z.string().max(2000).default(""),
  overwriteDrift: z.boolean().default(false),
});
export type RequestPublication = z.input<typeof requestPublicationSchema>;
