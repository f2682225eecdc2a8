import { z } from "zod";
import type { Config, Diagnostic, Expectation, Receiver, SecretFacts } from "@/lib/alertmanager";
import { expectationFault } from "@/lib/alertmanager/expectations/expectation";

/**
 * A draft is edited, reviewed and perhaps scheduled, and all the while it may be edited; `frozen` while its revision is
 * being published; then `published`, or where it stood before.
 */
export const CHANGE_STATUSES = [
  "draft",
  "in_review",
  "approved",
  "rejected",
  "scheduled",
  "frozen",
  "published",
  "abandoned",
] as const;
/** May be edited and published. */
export const OPEN_STATUSES = [
  "draft",
  "in_review",
  "approved",
  "rejected",
  "scheduled",
] as const satisfies readonly (typeof CHANGE_STATUSES)[number][];
export function isOpen(status: (typeof CHANGE_STATUSES)[number]): boolean {
  return (OPEN_STATUSES as readonly string[]).includes(status);
}
export const changeStatusSchema = z.enum(CHANGE_STATUSES);
export type ChangeStatus = (typeof CHANGE_STATUSES)[number];

const LARGEST_TEXT = 4_000_000;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A draft may hold wrong types and unknown keys (`validateConfig` says so); only what everything relies on is refused. */
export const configShapeSchema = z.custom<Config>(
  (value) => isObject(value) && idsIn(value.receivers),
  "A configuration is an object, and each of its receivers has an id.",
);

/** What stands there instead of a list or of a receiver is for the validator to tell. */
function idsIn(receivers: unknown): boolean {
  return !Array.isArray(receivers) || receivers.every((receiver) => !isObject(receiver) || isId(receiver.id));
}

export const receiverShapeSchema = z.custom<Receiver>(
  (value) => isObject(value) && isId(value.id) && typeof value.name === "string",
  "A receiver is an object with an id and a name.",
);

function isId(value: unknown): boolean {
  return typeof value === "string" && value.length > 0 && value.length <= 64;
}

export const templateFileSchema = z.object({
  name: z
    .string()
    .regex(/^[\w][\w.-]{0,126}$/, "A template has a bare file name such as slack.tmpl: letters, digits, . _ and -."),
  content: z.string().max(LARGEST_TEXT),
});

export const documentSchema = z.object({
  config: configShapeSchema,
  templates: z
    .array(templateFileSchema)
    .max(200)
    .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, "Two templates have one name."),
  source: z.string().max(LARGEST_TEXT).nullable(),
});

export const secretFactsSchema = z.object({
  kind: z.enum(["secret", "secretUrl", "secretTemplateUrl"]),
  valid: z.boolean(),
  problem: z.string().optional(),
  scheme: z.string().optional(),
  host: z.string().optional(),
  templated: z.boolean(),
  setAt: z.string(),
  setBy: z.string().optional(),
}) satisfies z.ZodType<SecretFacts>;
export const secretFactsByRefSchema = z.record(z.string(), secretFactsSchema);

export const changeSummarySchema = z.object({
  id: z.uuid(),
  number: z.number().int(),
  title: z.string(),
  status: changeStatusSchema,
  version: z.number().int(),
  /** The revision that was live when it was opened (or last rebased); null before the first publication. */
  baseRevision: z.number().int().nullable(),
  /** The revision it became. */
  revision: z.number().int().nullable(),
  createdAt: z.iso.datetime(),
  /** Name of the person; an opaque id once erased. */
  createdBy: z.string(),
  updatedAt: z.iso.datetime(),
  /** Whoever asks was asked to review it, and has not said anything of what it says now. */
  waitsForMe: z.boolean(),
});
export type ChangeSummary = z.infer<typeof changeSummarySchema>;

/**
 * Text that was sent as `source` and cannot be read as YAML, kept as it is beside the document until its author sends one
 * that can be, or somebody drops it. Until then the change cannot be published.
 */
export const unreadSourceSchema = z.object({
  by: z.string(),
  mine: z.boolean(),
  line: z.number().int().nullable(),
  bytes: z.number().int(),
  /** Byte for byte, for its author alone: it may hold secrets anywhere. */
  text: z.string().nullable(),
});
export type UnreadSource = z.infer<typeof unreadSourceSchema>;

export const changeDtoSchema = changeSummarySchema.extend({
  document: documentSchema,
  secrets: secretFactsByRefSchema,
  /** One for each author at most. */
  unread: z.array(unreadSourceSchema).default([]),
});
export type ChangeDto = z.infer<typeof changeDtoSchema>;

export const revisionSummarySchema = z.object({
  number: z.number().int(),
  changeId: z.uuid(),
  title: z.string(),
  comment: z.string(),
  sha256: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  publishedAt: z.iso.datetime().nullable(),
  live: z.boolean(),
});
export type RevisionSummary = z.infer<typeof revisionSummarySchema>;

export const revisionDtoSchema = revisionSummarySchema.extend({
  document: documentSchema,
  yaml: z.string(),
  secrets: secretFactsByRefSchema,
});
export type RevisionDto = z.infer<typeof revisionDtoSchema>;

/** What a new change starts from. `revision` is null until something was published. */
export const liveDocumentSchema = z.object({
  revision: z.number().int().nullable(),
  document: documentSchema,
  secrets: secretFactsByRefSchema,
  version: z.number().int(),
});
export type LiveDocument = z.infer<typeof liveDocumentSchema>;

const rangeEndSchema = z.object({ line: z.number(), column: z.number(), offset: z.number() });
export const diagnosticSchema = z.object({
  code: z.custom<Diagnostic["code"]>((value) => typeof value === "string"),
  severity: z.enum(["error", "warning", "info"]),
  path: z.array(z.union([z.string(), z.number()])),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
  upstream: z.string().optional(),
  range: z.object({ start: rangeEndSchema, end: rangeEndSchema }).optional(),
  stage: z.enum(["load", "templates", "reload", "notify"]).optional(),
});

export const importResultSchema = z.object({ change: changeDtoSchema, diagnostics: z.array(diagnosticSchema) });
export type ImportResult = z.infer<typeof importResultSchema>;

export const rebaseResultSchema = z.object({
  change: changeDtoSchema,
  /** Places that both sides changed; the change's own side stays there. */
  conflicts: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), label: z.string() })),
});
export type RebaseResult = z.infer<typeof rebaseResultSchema>;

export const tenantSummarySchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  /** By the names of the navigation: receivers, routes, inhibitRules, timeIntervals, templates, changes, targets. */
  counts: z.record(z.string(), z.number().int()),
  live: z.object({ revision: z.number().int(), publishedAt: z.iso.datetime() }).nullable(),
  problems: z.object({ errors: z.number().int(), warnings: z.number().int() }),
});
export type TenantSummary = z.infer<typeof tenantSummarySchema>;

export const sealedSecretSchema = z.object({ ref: z.string(), facts: secretFactsSchema });
export type SealedSecret = z.infer<typeof sealedSecretSchema>;

const titleSchema = z.string().trim().min(1).max(160);
export const openChangeInputSchema = z.object({ title: titleSchema.optional() });
export const retitleInputSchema = z.object({ title: titleSchema });
export const importInputSchema = z.object({
  yaml: z.string().min(1).max(LARGEST_TEXT),
  templates: documentSchema.shape.templates.optional(),
  title: titleSchema.optional(),
});
export const sealSecretInputSchema = z.object({
  value: z.string().min(1).max(65_536),
  kind: secretFactsSchema.shape.kind,
  secretId: z.uuid().optional(),
});

const receiverNamesSchema = z.array(z.string()).optional();
/** What `expectationFault` has nothing against. */
export const expectationSchema: z.ZodType<Expectation, Expectation> = z
  .strictObject({
    name: z.string(),
    labels: z.record(z.string(), z.string()),
    receivers: receiverNamesSchema,
    reaches: receiverNamesSchema,
    not: receiverNamesSchema,
    at: z.string().optional(),
    muted: z.boolean().optional(),
  })
  .superRefine((value, context) => {
    const fault = expectationFault(value);
    if (!fault) return;
    context.addIssue({ code: "custom", message: FAULTS[fault.code], path: fault.field === "" ? [] : [fault.field] });
  });

const FAULTS: Readonly<Record<NonNullable<ReturnType<typeof expectationFault>>["code"], string>> = {
  no_object: "An expectation is an object.",
  unknown_key: "An expectation has no such key.",
  wrong_value: "This value does not fit.",
  nothing_expected: "Say which receivers are expected.",
  two_ways: "Receivers are said exactly, or by reaches and not.",
  at_with_muted: "An instant and whether the alert is muted come together.",
};

export const savedExpectationSchema = z.object({
  id: z.uuid(),
  version: z.number().int(),
  expectation: expectationSchema,
  savedAt: z.iso.datetime(),
  savedBy: z.string(),
});
export type SavedExpectation = z.infer<typeof savedExpectationSchema>;

export const importExpectationsSchema = z.object({ yaml: z.string().min(1).max(LARGEST_TEXT) });
export const importedExpectationsSchema = z.object({ added: z.number().int(), replaced: z.number().int() });
export type ImportedExpectations = z.infer<typeof importedExpectationsSchema>;
