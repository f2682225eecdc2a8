import { z } from "zod";

export const TARGET_KINDS = ["file", "alertmanager"] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/**
 * How a place where we publish compares with what we published last. `foreign`: a file stands there that we never
 * wrote; `missing`: we wrote one and it is gone; `unreadable`: nobody can say now.
 */
export const DRIFT_STATES = ["in_sync", "drifted", "foreign", "missing", "unpublished", "unreadable"] as const;
export type DriftState = (typeof DRIFT_STATES)[number];

/** States in which something else lies at a place than what we put there, or nobody can say. */
export const LOUD_STATES = ["drifted", "foreign", "missing", "unreadable"] as const satisfies readonly DriftState[];

export function isLoud(state: DriftState): boolean {
  return (LOUD_STATES as readonly DriftState[]).includes(state);
}

export const driftDtoSchema = z.object({
  targetId: z.uuid(),
  state: z.enum(DRIFT_STATES),
  /** The worst place decides `state`; each is named so that the one odd replica is found. */
  places: z.array(z.object({ replica: z.string(), state: z.enum(DRIFT_STATES), detail: z.string().optional() })),
  /** Somebody has seen what lies there now, and left it so: it is told on this target's page only. */
  acknowledged: z.boolean(),
  checkedAt: z.iso.datetime(),
});
export type DriftDto = z.infer<typeof driftDtoSchema>;

/**
 * `declared`: the operator wrote down another version (`other`) than it runs. `newer`, `older`: it runs what no profile
 * stands for, so it is checked as the nearest one. `replicas`: one of them runs `other`. `unknown`: it never said.
 */
export const VERSION_GAPS = ["declared", "newer", "older", "replicas", "unknown"] as const;

export const versionGapSchema = z.object({
  reason: z.enum(VERSION_GAPS),
  /** What it says it runs; of several replicas the oldest. Empty when it never said. */
  runs: z.string(),
  /** The Alertmanager version that its configuration is checked as. */
  checkedAs: z.string(),
  other: z.string(),
});
export type VersionGap = z.infer<typeof versionGapSchema>;

export const targetDtoSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(TARGET_KINDS),
  /** `alertmanager@0.34`, `alertmanager@0.34{namespace="shop"}`: what this target is judged by. */
  profile: z.string(),
  /** What it said itself (`/api/v2/status`), or what the operator declared for a file; null when nobody knows. */
  version: z.string().nullable(),
  versionSource: z.enum(["observed", "declared", "assumed"]),
  /** Absent while all is as it should be: it runs what it is checked as and what was declared. */
  versionGaps: z.array(versionGapSchema).min(1).optional(),
  /** `version`: what this one said when it was asked last, absent when it did not answer. */
  replicas: z.array(z.object({ name: z.string(), url: z.string().nullable(), version: z.string().optional() })),
  /**
   * What its owner asks of every alert before it comes to the root route, each as it is printed; absent: nothing. They
   * are part of `profile` too. What is published does not hold them.
   */
  injectedMatchers: z.array(z.string()).min(1).optional(),
  /** Synthetic alerts may be posted to it; absent: they may not. */
  allowsTestAlerts: z.literal(true).optional(),
  drift: driftDtoSchema,
  /** Number of the revision that this target got last. */
  publishedRevision: z.number().int().nullable(),
  publishedAt: z.iso.datetime().nullable(),
});
export type TargetDto = z.infer<typeof targetDtoSchema>;

export const liveDtoSchema = z.object({
  targetId: z.uuid(),
  /** Secrets are masked; null when no file stands there. */
  yaml: z.string().nullable(),
  drift: z.boolean(),
  state: z.enum(DRIFT_STATES),
  version: z.string().nullable(),
});
export type LiveDto = z.infer<typeof liveDtoSchema>;

/** Of several places that differ, one by the name that `drift` gives it; without it the first that is not in sync. */
export const placeInputSchema = z.object({ replica: z.string().max(2000).optional() });

const url = z.url({ protocol: /^https?$/ });
const authSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("none") }),
  z.object({ type: z.literal("basic"), username: z.string().min(1), password: z.string().min(1) }),
  z.object({ type: z.literal("bearer"), token: z.string().min(1) }),
]);
const tlsSchema = z.object({
  ca: z.string().includes("BEGIN CERTIFICATE").optional(),
  serverName: z.string().optional(),
});
const pathSchema = z.string().startsWith("/", "Give the whole path, from the root of the file system.").max(1024);
/** Octal digits; a configuration holds secrets, so no right for others is accepted. */
const modeSchema = z
  .string()
  .regex(/^0?[46][046]0$/, "Others must not read a file that holds secrets: use 0600, 0640 or 0660.");
const versionSchema = z.string().regex(/^v?\d+\.\d+(\.\d+)?$/, "Write the version as 0.34 or 0.34.1.");

/**
 * Matchers that whoever composes the target's configuration puts before the tenant's root route, as prometheus-operator
 * does with `namespace="…"`. Read in the syntax of the target's version.
 */
const injectedMatchersSchema = z.array(z.string().trim().min(1).max(256)).max(8);

/** What an operator of the installation sends to `PUT /api/platform/targets/{id}/injected-matchers`. */
export const injectMatchersSchema = z.object({ injectedMatchers: injectedMatchersSchema });
export type InjectMatchers = z.input<typeof injectMatchersSchema>;

export const replicaInputSchema = z.object({
  configPath: pathSchema,
  url,
  routePrefix: z
    .string()
    .regex(/^\/[\w./~-]*$/)
    .optional(),
  auth: authSchema.default({ type: "none" }),
  tls: tlsSchema.optional(),
});
export type ReplicaInput = z.infer<typeof replicaInputSchema>;

const ownership = { mode: modeSchema.default("0640"), group: z.number().int().nonnegative().optional() };

/** What an operator of the installation sends to `POST /api/platform/targets`. */
export const createTargetSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("file"),
    tenantId: z.uuid(),
    name: z.string().trim().min(1).max(80),
    path: pathSchema,
    version: versionSchema,
    injectedMatchers: injectedMatchersSchema.default([]),
    ...ownership,
  }),
  z.object({
    kind: z.literal("alertmanager"),
    tenantId: z.uuid(),
    name: z.string().trim().min(1).max(80),
    replicas: z.array(replicaInputSchema).min(1).max(32),
    version: versionSchema.optional(),
    injectedMatchers: injectedMatchersSchema.default([]),
    /** Whether synthetic alerts, marked as tests, may be posted to it by those who edit. */
    allowTestAlerts: z.boolean().default(false),
    ...ownership,
  }),
]);
export type CreateTarget = z.input<typeof createTargetSchema>;

/** Where the default templates of a version come from; `built_in`: the page of mails is one of ours. */
export const TEMPLATE_SOURCES = ["uploaded", "folder", "built_in"] as const;

const MOST_TEMPLATE_TEXT = 256 * 1024;
const templateFileSchema = z
  .string()
  .min(1)
  .refine((text) => new TextEncoder().encode(text).length <= MOST_TEMPLATE_TEXT, "The file is larger than 256 KiB.");

/** What an operator uploads for one version: the two files of an installation. */
export const uploadDefaultTemplatesSchema = z.object({
  defaultTmpl: templateFileSchema,
  emailTmpl: templateFileSchema,
});

/** The default templates of one Alertmanager version, as operators see them. */
export const defaultTemplatesDtoSchema = z.object({
  version: z.string(),
  source: z.enum(TEMPLATE_SOURCES),
  /** Of `folder`: where. */
  folder: z.string().optional(),
  /** Of `uploaded`. */
  uploadedAt: z.iso.datetime().optional(),
  /** Short templates that this version is known to answer otherwise, or to have or lack: the files are of another one. */
  otherVersion: z.object({
    missing: z.array(z.string()),
    differing: z.array(z.string()),
    unexpected: z.array(z.string()),
  }),
  fits: z.boolean(),
});
export type DefaultTemplatesDto = z.infer<typeof defaultTemplatesDtoSchema>;

/** `folder` is where the server looks; `given` when a setting says so. */
export const allDefaultTemplatesSchema = z.object({
  folder: z.string(),
  given: z.boolean(),
  versions: z.array(defaultTemplatesDtoSchema),
});
export type AllDefaultTemplates = z.infer<typeof allDefaultTemplatesSchema>;

/** What previews of a profile are rendered with in the place of the built-in templates; no files: with those. */
export const targetTemplatesSchema = z.object({
  source: z.enum(TEMPLATE_SOURCES),
  files: z.array(z.object({ name: z.string(), content: z.string() })),
});
export type TargetTemplates = z.infer<typeof targetTemplatesSchema>;
export const targetTemplatesQuerySchema = z.object({ profile: z.string().max(2_400) });

/** What operators see: whose target it is and where it lies. Never a credential. */
export const operatorTargetDtoSchema = z.object({
  id: z.uuid(),
  tenantId: z.uuid(),
  name: z.string(),
  kind: z.enum(TARGET_KINDS),
  injectedMatchers: z.array(z.string()),
  places: z.array(z.object({ replica: z.string(), path: z.string(), url: z.string().nullable(), auth: z.string() })),
  createdAt: z.iso.datetime(),
});
export type OperatorTargetDto = z.infer<typeof operatorTargetDtoSchema>;
