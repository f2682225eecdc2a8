import { z } from "zod";

const MAX_RETENTION_DAYS = 400;

const labelsSchema = z.record(z.string(), z.string());

/** A label set with one time that it fired; `endsAt` lies in the future while it does. */
export const alertDtoSchema = z.object({
  /** Of the label set. */
  id: z.string(),
  labels: labelsSchema,
  /** As they were sent last. */
  annotations: labelsSchema,
  generatorURL: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  state: z.enum(["firing", "ended"]),
});
export type AlertDto = z.infer<typeof alertDtoSchema>;

export const ALERT_STATES = ["firing", "ended", "all"] as const;

export const alertsQuerySchema = z.object({
  state: z.enum(ALERT_STATES).default("firing"),
  /** Matchers as in a route, `team="database"`; an alert must fulfil all. */
  matcher: z.array(z.string().max(2000)).max(50).default([]),
  /** The window; default: the last 24 hours. Firing alerts are those of now. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  /** As the answer before gave it. */
  cursor: z.string().max(200).optional(),
});

export const alertsPageSchema = z.object({
  alerts: z.array(alertDtoSchema),
  /** How many there are in all, as far as they were counted. */
  total: z.number().int(),
  next: z.string().nullable(),
});
export type AlertsPage = z.infer<typeof alertsPageSchema>;

export const labelsQuerySchema = z.object({
  /** With it, its values are told; without, the names. */
  name: z.string().max(1000).optional(),
  days: z.coerce.number().int().min(1).max(MAX_RETENTION_DAYS).default(7),
});
/** `count`: alerts that had it in those days. Most first; the first 1,000. */
export const labelCountsSchema = z.array(z.object({ text: z.string(), count: z.number().int() }));
export type LabelCounts = z.infer<typeof labelCountsSchema>;

export const firingsQuerySchema = z.object({
  days: z.coerce.number().int().min(1).max(90).default(7),
});
/**
 * What fired in the last days, compactly: each label set with the starts and ends of its firings in seconds since 1970, in
 * turn. `truncated`: there is more than is told.
 */
export const firingsSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  sets: z.array(z.object({ labels: labelsSchema, firings: z.array(z.number()) })),
  truncated: z.boolean(),
});
export type Firings = z.infer<typeof firingsSchema>;

export const tapDtoSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  createdBy: z.string().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type TapDto = z.infer<typeof tapDtoSchema>;

export const createTapSchema = z.object({ name: z.string().trim().min(1).max(80) });
/** The one time that the token is told: only its hash is kept. */
export const createdTapSchema = z.object({
  tap: tapDtoSchema,
  token: z.string(),
  /** What Prometheus is told: its `alerting` section. */
  prometheus: z.string(),
});
export type CreatedTap = z.infer<typeof createdTapSchema>;

export const historySettingsSchema = z.object({
  retentionDays: z.number().int().min(1).max(MAX_RETENTION_DAYS),
  /** Whether the tenant's own Alertmanagers are asked for their alerts. */
  pollTargets: z.boolean(),
});
export type HistorySettings = z.infer<typeof historySettingsSchema>;

export const historyStateSchema = historySettingsSchema.extend({
  labelSets: z.number().int(),
  firing: z.number().int(),
  lastReceivedAt: z.iso.datetime().nullable(),
  taps: z.array(tapDtoSchema),
});
export type HistoryState = z.infer<typeof historyStateSchema>;
