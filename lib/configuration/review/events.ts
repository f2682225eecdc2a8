import type { CommentPlace, Suspension } from "./contract";

type Of<Type extends string, Data> = { type: Type; data: Data & Record<string, unknown> };

/** `by` is the opaque id of a person; `content` is the digest of what was looked at. */
export type ReviewEvent =
  | Of<"ReviewRequested", { by: string; reviewers: string[]; content: string }>
  | Of<"ReviewWithdrawn", { by: string }>
  | Of<"ReviewersLeft", { people: string[]; reviewers: string[] }>
  | Of<
      "CommentAdded",
      { id: string; by: string; text: string; place: CommentPlace; replyTo: string | null; content: string }
    >
  | Of<"CommentResolved", { id: string; by: string; resolved: boolean }>
  | Of<"Approved", { by: string; content: string; comment: string; needed: number }>
  | Of<"Rejected", { by: string; content: string; reason: string }>
  | Of<"ApprovalsWentStale", { by: string[]; reason: "edited" | "rebased" }>
  | Of<"Scheduled", { by: string; at: string; zone: string; local: string; comment: string; content: string }>
  | Of<"ScheduleSuspended", { reason: Suspension; detail: string }>
  | Of<"ScheduleCancelled", { by: string; reason: "by_hand" | "published" | "abandoned" }>
  | Of<"BypassUsed", { by: string; reason: string; approvals: number; needed: number; frozen: string[] }>;

export const REVIEW_EVENTS = [
  "ReviewRequested",
  "ReviewWithdrawn",
  "ReviewersLeft",
  "CommentAdded",
  "CommentResolved",
  "Approved",
  "Rejected",
  "ApprovalsWentStale",
  "Scheduled",
  "ScheduleSuspended",
  "ScheduleCancelled",
  "BypassUsed",
] as const satisfies readonly ReviewEvent["type"][];

export interface GivenVerdict {
  by: string;
  verdict: "approved" | "rejected";
  content: string;
  comment: string;
  stale: boolean;
}

export interface PlannedPublication {
  at: string;
  zone: string;
  local: string;
  by: string;
  comment: string;
  content: string;
  status: "pending" | "started" | "suspended" | "failed";
  reason: Suspension | "failed" | null;
  detail: string;
}

export interface ReviewState {
  /** null: nobody was asked, or it was withdrawn. */
  requested: { by: string; reviewers: readonly string[] } | null;
  verdicts: readonly GivenVerdict[];
  /** Approvals that were needed when somebody approved last. */
  needed: number;
  comments: Readonly<Record<string, { replyTo: string | null; resolved: boolean }>>;
  schedule: PlannedPublication | null;
}

export const NO_REVIEW: ReviewState = { requested: null, verdicts: [], needed: 1, comments: {}, schedule: null };
