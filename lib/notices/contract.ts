import { z } from "zod";

export const NOTICE_KINDS = [
  "review_requested",
  "commented",
  "approved",
  "rejected",
  "approvals_stale",
  "schedule_suspended",
  "publication_failed",
  "published",
  "bypass_used",
  "reviewers_left",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What it is about. No text of a configuration and no secret: notices leave the house. */
const noticeDataSchema = z.object({
  changeId: z.uuid(),
  number: z.number().int(),
  title: z.string(),
  /** Opaque id of whoever did it; null: nobody, it came by itself. */
  by: z.string().nullable(),
  /** A reason, or a code of one. */
  detail: z.string(),
});
export type NoticeData = z.infer<typeof noticeDataSchema>;

export const noticeDtoSchema = noticeDataSchema.extend({
  id: z.uuid(),
  kind: z.enum(NOTICE_KINDS),
  byName: z.string().nullable(),
  at: z.iso.datetime(),
  read: z.boolean(),
});
export type NoticeDto = z.infer<typeof noticeDtoSchema>;

export const noticeListSchema = z.object({ unread: z.number().int(), notices: z.array(noticeDtoSchema) });
export type NoticeList = z.infer<typeof noticeListSchema>;

export const markReadInputSchema = z.union([
  z.strictObject({ ids: z.array(z.uuid()).max(500) }),
  z.strictObject({ all: z.literal(true) }),
]);

export const noticePreferenceSchema = z.object({ mail: z.boolean() });
export type NoticePreference = z.infer<typeof noticePreferenceSchema>;
export const noticePreferenceDtoSchema = noticePreferenceSchema.extend({
  /** Whether this installation sends mails at all. */
  mailPossible: z.boolean(),
});

export const webhookInputSchema = z.object({
  url: z
    .url({ protocol: /^https?$/, error: "An address that begins with https:// or http://." })
    .max(2_000)
    .refine((url) => new URL(url).username === "" && new URL(url).password === "", "No password in the address."),
  /** Makes a new one, which only this answer tells. */
  newSecret: z.boolean().default(false),
});
export const webhookDtoSchema = z.object({
  version: z.number().int(),
  /** null: there is none. */
  url: z.string().nullable(),
  /** What became of the last delivery. */
  last: z
    .object({ at: z.iso.datetime(), status: z.number().int().nullable(), error: z.string().nullable() })
    .nullable(),
  /** Told once, when it was made. */
  secret: z.string().optional(),
});
export type WebhookDto = z.infer<typeof webhookDtoSchema>;
