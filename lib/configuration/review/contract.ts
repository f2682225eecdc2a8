import { z } from "zod";

const personSchema = z.object({ id: z.string(), name: z.string() });

/** What a comment is about. A line is one of the YAML as it was then, with its words, by which it is found again. */
export const commentPlaceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("change") }),
  z.strictObject({
    kind: z.literal("line"),
    line: z.number().int().min(1).max(1_000_000),
    text: z.string().max(2_000),
    /** `before`: a line that the change takes away. */
    side: z.enum(["before", "after"]).default("after"),
  }),
  z.strictObject({
    kind: z.literal("field"),
    path: z
      .array(z.union([z.string().max(500), z.number().int()]))
      .min(1)
      .max(50),
  }),
]);
export type CommentPlace = z.infer<typeof commentPlaceSchema>;

const wordsSchema = z.string().trim().min(1, "Write something.").max(10_000);
export const addCommentInputSchema = z.object({
  text: wordsSchema,
  place: commentPlaceSchema.default({ kind: "change" }),
  /** The comment that begins the thread; its place counts. */
  replyTo: z.uuid().optional(),
});
export const resolveCommentInputSchema = z.object({ resolved: z.boolean() });

export const reviewCommentSchema = z.object({
  id: z.uuid(),
  replyTo: z.uuid().nullable(),
  place: commentPlaceSchema,
  text: z.string(),
  author: personSchema,
  mine: z.boolean(),
  at: z.iso.datetime(),
  /** Of a thread, said at its first comment. */
  resolved: z.object({ by: personSchema, at: z.iso.datetime() }).nullable(),
  /** The change was edited since. */
  earlier: z.boolean(),
});
export type ReviewComment = z.infer<typeof reviewCommentSchema>;

export const requestReviewInputSchema = z.object({
  /** Ids of members who may review; absent: those whom the tenant asks by default, or all who may. */
  reviewers: z.array(z.uuid()).max(50).optional(),
});

/** `content` is what was looked at: an approval of something else is refused. */
const contentSchema = z.string().regex(/^[0-9a-f]{64}$/);
export const approveInputSchema = z.object({
  content: contentSchema,
  comment: z.string().trim().max(2_000).default(""),
});
export const rejectInputSchema = z.object({ content: contentSchema, reason: wordsSchema.max(2_000) });

export const bypassReasonSchema = z.string().trim().min(8, "Say why, in some words.").max(1_000);

export const verdictSchema = z.object({
  person: personSchema,
  verdict: z.enum(["approved", "rejected"]),
  comment: z.string(),
  at: z.iso.datetime(),
  /** The change has moved since: it does not count any more. */
  stale: z.boolean(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** Alerts that wake somebody today and would not, after the change. */
export const lostPagesSchema = z.object({
  alerts: z.number().int(),
  /** `witnesses`: there is no history, so alerts were made up for each case of the matchers, and one is enough. */
  basis: z.enum(["history", "witnesses"]),
  days: z.number().int(),
  samples: z.array(
    z.object({ labels: z.record(z.string(), z.string()), from: z.array(z.string()), to: z.array(z.string()) }),
  ),
});
export type LostPages = z.infer<typeof lostPagesSchema>;

const intervalNamesSchema = z.array(z.string().trim().min(1).max(200)).max(50);
export const reviewPolicySchema = z.object({
  required: z.boolean(),
  approvals: z.number().int().min(1).max(10),
  selfApproval: z.boolean(),
  /** Who is asked unless somebody else is named; none: all who may review. */
  reviewers: z.array(z.uuid()).max(50),
  pages: z.object({
    /** Approvals that a change needs when it loses pages; 0: no such rule. */
    approvals: z.number().int().min(0).max(10),
    /** Receivers that wake somebody, beside those with an integration that does (PagerDuty, Opsgenie …). */
    receivers: z.array(z.string().trim().min(1).max(500)).max(200),
    /** Alerts with all of these labels must reach somebody, whoever it is. As matchers are written. */
    matchers: z.array(z.string().trim().min(1).max(2_000)).max(20),
  }),
  /** Time intervals of what is live, by name, in which nothing is published. */
  freeze: intervalNamesSchema,
});
export type ReviewPolicy = z.infer<typeof reviewPolicySchema>;

export const NO_POLICY: ReviewPolicy = {
  required: false,
  approvals: 1,
  selfApproval: false,
  reviewers: [],
  pages: { approvals: 0, receivers: [], matchers: [] },
  freeze: [],
};

export const reviewPolicyDtoSchema = z.object({
  version: z.number().int(),
  policy: reviewPolicySchema,
  /** Members who may review. */
  candidates: z.array(personSchema),
  /** Time intervals of what is live. */
  intervals: z.array(z.string()),
  /** Receivers of what is live. */
  receivers: z.array(z.string()),
});
export type ReviewPolicyDto = z.infer<typeof reviewPolicyDtoSchema>;

export const SCHEDULE_STATUSES = ["pending", "started", "suspended", "failed"] as const;
export const SUSPENSIONS = [
  "by_hand",
  "edited",
  "base_moved",
  "approvals",
  "frozen",
  "tests",
  "rights",
  "missed",
  "refused",
] as const;
export type Suspension = (typeof SUSPENSIONS)[number];

export const scheduleInputSchema = z.object({
  /** As the clocks there show it, `2026-11-24T09:00`. */
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/, "A time is written as 2026-11-24T09:00."),
  /** Of the tz database. */
  zone: z.string().min(1).max(64),
  comment: z.string().trim().max(2_000).default(""),
});

export const scheduleDtoSchema = z.object({
  at: z.iso.datetime(),
  zone: z.string(),
  local: z.string(),
  comment: z.string(),
  status: z.enum(SCHEDULE_STATUSES),
  /** Why it was suspended, or failed. */
  reason: z.enum([...SUSPENSIONS, "failed"]).nullable(),
  detail: z.string(),
  by: personSchema,
});
export type ScheduleDto = z.infer<typeof scheduleDtoSchema>;

export const freezeWindowSchema = z.object({
  name: z.string(),
  /** There is no time interval of this name in what is live: the window is never there. */
  missing: z.boolean(),
  holds: z.boolean(),
  /** When it begins, or ends, next. */
  changesAt: z.iso.datetime().nullable(),
});
export type FreezeWindow = z.infer<typeof freezeWindowSchema>;

export const reviewDtoSchema = z.object({
  /** Of the content that approvals are for. */
  content: z.string(),
  requested: z.object({ by: personSchema, at: z.iso.datetime() }).nullable(),
  reviewers: z.array(personSchema),
  /** Members who may be asked. */
  candidates: z.array(personSchema),
  verdicts: z.array(verdictSchema),
  /** Of this content, by people whose approval counts. */
  approvals: z.number().int(),
  needed: z.number().int(),
  /** Why so many: the tenant's rule, or the pages that the change loses. */
  because: z.enum(["none", "policy", "pages"]),
  lostPages: lostPagesSchema.nullable(),
  /** Whether the reader may approve; if not, why. */
  mayApprove: z.enum(["yes", "author", "beyond_grants", "no_permission", "closed"]),
  comments: z.array(reviewCommentSchema),
  schedule: scheduleDtoSchema.nullable(),
  freeze: z.array(freezeWindowSchema),
});
export type ReviewDto = z.infer<typeof reviewDtoSchema>;

const jsonSchema = z.json();
/** A place that this change and what was published since both changed; a side that is absent has nothing there. */
export const mergeConflictSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  label: z.string(),
  base: jsonSchema.optional(),
  mine: jsonSchema.optional(),
  theirs: jsonSchema.optional(),
  template: z.literal(true).optional(),
});
export type MergeConflict = z.infer<typeof mergeConflictSchema>;
export const mergePreviewSchema = z.object({
  base: z.number().int().nullable(),
  live: z.number().int().nullable(),
  conflicts: z.array(mergeConflictSchema),
});
export type MergePreview = z.infer<typeof mergePreviewSchema>;

export const rebaseInputSchema = z.object({
  /** What was live when the choices were made. */
  live: z.number().int().optional(),
  /** Labels of the conflicts in which the published side is taken; the change's own stays in the others. */
  theirs: z.array(z.string()).max(10_000).default([]),
});
