import { z } from "zod";
import { bypassReasonSchema } from "@/lib/configuration/review/contract";
import { DRIFT_STATES } from "@/lib/targets/contract";

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
  /** It was told to replace what it found; what that was can be brought back as a change. */
  replaced: z.boolean(),
  /** Who has seen that it failed, so that it is no longer told on every page. */
  acknowledged: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
  /** With which reason the rules of review were gone round. */
  bypass: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type PublicationDto = z.infer<typeof publicationDtoSchema>;

/** What a target holds beside what we would have there. Secrets are masked on both sides. */
export const targetDifferenceSchema = z.object({
  targetId: z.uuid(),
  target: z.string(),
  replica: z.string(),
  state: z.enum(DRIFT_STATES),
  /** Of `ours`: what was published there last; null for what a change would publish. */
  revision: z.number().int().nullable(),
  ours: z.string().nullable(),
  /** null: no file stands there, or what stands there is no configuration (`unreadable`). */
  live: z.string().nullable(),
  unreadable: z.boolean(),
  /** The bytes differ, and neither side shows how: comments, layout, or a secret that moved. */
  hidden: z.boolean(),
});
export type TargetDifference = z.infer<typeof targetDifferenceSchema>;

export const targetDifferenceQuerySchema = z.object({
  replica: z.string().max(2000).optional(),
  /** Of a change: what it would publish is compared instead of what was published last. */
  change: z.uuid().optional(),
});

/** Absent: everywhere. Named, what differs at any other target is refused all the same. */
const overwriteAtSchema = z.array(z.uuid()).max(100).default([]);

export const publishAgainSchema = z.object({
  comment: z.string().max(2000).default(""),
  overwriteDrift: z.boolean().default(false),
  overwriteAt: overwriteAtSchema,
  /** In an emergency: why it is published in a freeze window. */
  bypass: bypassReasonSchema.optional(),
});

export const requestPublicationSchema = z.object({
  changeId: z.uuid(),
  comment: z.string().max(2000).default(""),
  overwriteDrift: z.boolean().default(false),
  overwriteAt: overwriteAtSchema,
  /** In an emergency: why it is published without the approvals that it needs, or in a freeze window. */
  bypass: bypassReasonSchema.optional(),
});
export type RequestPublication = z.input<typeof requestPublicationSchema>;
