import { z } from "zod";
import { INTEGRATION_KEYS } from "@/lib/alertmanager/config/types";

/** `both`: it fires, then it is resolved, so that nothing stays open at the other side. */
export const TEST_CASES = ["firing", "resolved", "both"] as const;
export type TestCase = (typeof TEST_CASES)[number];

/**
 * `delivered`, `retry` and `drop` are what Alertmanager would have done after the last answer. `redirected`: the other side
 * pointed elsewhere, and a test follows nobody. `silent`: the integration sends nothing in this case. `refused`: nothing was
 * sent, since it may not be; `unsupported`: nothing was sent, since a test cannot do what the configuration asks for.
 */
export const TEST_OUTCOMES = ["delivered", "retry", "drop", "redirected", "silent", "refused", "unsupported"] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

export const REQUEST_FAILURES = ["refused", "dns", "tls", "timeout", "connection", "protocol"] as const;

export const testRequestDtoSchema = z.object({
  method: z.string(),
  host: z.string(),
  /** Without secrets. */
  path: z.string(),
  /** Of a mail the smarthost's code; null when no answer came. */
  status: z.number().int().nullable(),
  durationMs: z.number().int(),
  /** Clipped, and without secrets. */
  response: z.string(),
  error: z.object({ reason: z.enum(REQUEST_FAILURES), message: z.string() }).nullable(),
  /** What Alertmanager does after this answer. */
  next: z.enum(["delivered", "retry", "drop", "redirected"]),
});
export type TestRequestDto = z.infer<typeof testRequestDtoSchema>;

const integrationSchema = z.object({ key: z.enum(INTEGRATION_KEYS), index: z.number().int().min(0).max(1000) });
export type TestedIntegration = z.infer<typeof integrationSchema>;

export const testResultDtoSchema = integrationSchema.extend({
  id: z.uuid(),
  testId: z.uuid(),
  receiver: z.string(),
  case: z.enum(TEST_CASES),
  outcome: z.enum(TEST_OUTCOMES),
  /** Why nothing, or not all, was sent; empty when all was. */
  note: z.string(),
  durationMs: z.number().int(),
  requests: z.array(testRequestDtoSchema),
  sentBy: z.string(),
  sentAt: z.iso.datetime(),
});
export type TestResultDto = z.infer<typeof testResultDtoSchema>;

const labelsSchema = z.record(z.string().min(1).max(256), z.string().max(4096));
export const sampleAlertSchema = z.object({ labels: labelsSchema, annotations: labelsSchema.default({}) });

export const sendTestInputSchema = z.object({
  /** The draft as it is saved; null: what is live. */
  changeId: z.uuid().nullable(),
  receiverId: z.string().min(1).max(64),
  /** One integration; absent: all of the receiver. */
  integration: integrationSchema.optional(),
  case: z.enum(TEST_CASES).default("firing"),
  /** Marked as a test before they are sent; absent: one of ours. */
  alerts: z.array(sampleAlertSchema).min(1).max(20).optional(),
});
export type SendTestInput = z.input<typeof sendTestInputSchema>;

export const testHistoryQuerySchema = z.object({ receiverId: z.string().min(1).max(64) });

export const livenessInputSchema = sendTestInputSchema.pick({ changeId: true, receiverId: true, integration: true });

/** As it stands in an address. */
export const livenessQuerySchema = z.object({
  changeId: z.uuid().optional(),
  receiverId: z.string().min(1).max(64),
});

export const secretCheckDtoSchema = z.object({
  key: z.enum(INTEGRATION_KEYS),
  index: z.number().int(),
  /** `none`: its provider has no call that only asks. */
  outcome: z.enum(["works", "refused", "unknown", "none"]),
  words: z.string(),
  checkedAt: z.iso.datetime().nullable(),
});
export type SecretCheckDto = z.infer<typeof secretCheckDtoSchema>;

/** Through the Alertmanager that runs: with labels of one's own, else with those that the routes ask for. */
export const postAlertInputSchema = z.object({
  targetId: z.uuid(),
  receiverId: z.string().min(1).max(64),
  labels: labelsSchema.optional(),
});

export const postedAlertDtoSchema = z.object({
  target: z.string(),
  /** All who get it by the live routes. */
  receivers: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  endsAt: z.iso.datetime(),
  replicas: z.array(z.object({ replica: z.string(), ok: z.boolean(), words: z.string() })),
});
export type PostedAlertDto = z.infer<typeof postedAlertDtoSchema>;
