import { AppError } from "@/lib/errors";
import type { ChangeEvent, ChangeState } from "../events";
import { contentOf } from "./content";
import type { CommentPlace, Suspension } from "./contract";

type Events = readonly ChangeEvent[];

interface Asking {
  by: string;
  reviewers: readonly string[];
}

export function requestReview(state: ChangeState, { by, reviewers }: Asking): ChangeEvent[] {
  requireOpen(state);
  const { requested, verdicts } = state.review;
  const same = requested !== null && JSON.stringify(requested.reviewers) === JSON.stringify(reviewers);
  const nothingNew = verdicts.every(({ verdict, stale }) => verdict === "approved" && !stale);
  if (same && nothingNew) return [];
  return [{ type: "ReviewRequested", data: { by, reviewers: [...reviewers], content: contentOf(state.document) } }];
}

export function withdrawReview(state: ChangeState, by: string): ChangeEvent[] {
  requireOpen(state);
  return state.review.requested ? [{ type: "ReviewWithdrawn", data: { by } }] : [];
}

/**
 * Whoever may not review here (any more) is waited for no longer; where nobody is left, `instead` are asked. What they
 * said while they could stands.
 */
export function releaseReviewers(
  { review: { requested } }: ChangeState,
  { may, instead }: { may: readonly string[]; instead: readonly string[] },
): ChangeEvent[] {
  const people = requested?.reviewers.filter((id) => !may.includes(id)) ?? [];
  if (!requested || people.length === 0) return [];
  const left = requested.reviewers.filter((id) => may.includes(id));
  const reviewers = left.length > 0 ? left : instead.filter((id) => id !== requested.by);
  return [{ type: "ReviewersLeft", data: { people, reviewers } }];
}

export interface Approving {
  by: string;
  /** What was looked at. */
  content: string;
  comment: string;
  /** Everybody who wrote something of it. */
  authors: ReadonlySet<string>;
  selfApproval: boolean;
  needed: number;
}

export function approve(state: ChangeState, given: Approving): ChangeEvent[] {
  const { by, content, comment, authors, selfApproval, needed } = given;
  requireInReview(state);
  requireSeen(state, content);
  if (authors.has(by) && !selfApproval) {
    throw new AppError("forbidden", "You wrote in this change, so somebody else has to approve it.", {
      reason: "self_approval",
    });
  }
  const known = state.review.verdicts.find((verdict) => verdict.by === by);
  const again = known?.verdict === "approved" && !known.stale && known.content === content && known.comment === comment;
  return again && state.review.needed === needed ? [] : [{ type: "Approved", data: { by, content, comment, needed } }];
}

export function reject(
  state: ChangeState,
  { by, content, reason }: { by: string; content: string; reason: string },
): ChangeEvent[] {
  requireInReview(state);
  requireSeen(state, content);
  return [...unschedule(state, "approvals"), { type: "Rejected", data: { by, content, reason } }];
}

export interface Commenting {
  id: string;
  by: string;
  text: string;
  place: CommentPlace;
  replyTo?: string | undefined;
}

export function addComment(state: ChangeState, { id, by, text, place, replyTo }: Commenting): ChangeEvent[] {
  requireExisting(state);
  const thread = replyTo === undefined ? undefined : state.review.comments[replyTo];
  if (replyTo !== undefined && !thread) throw new AppError("not_found", "There is no such comment.");
  // An answer to an answer belongs to the same thread.
  const root = replyTo === undefined ? null : (thread?.replyTo ?? replyTo);
  const data = { id, by, text, place, replyTo: root, content: contentOf(state.document) };
  return [{ type: "CommentAdded", data }];
}

export function resolveComment(
  state: ChangeState,
  { id, by, resolved }: { id: string; by: string; resolved: boolean },
): ChangeEvent[] {
  requireExisting(state);
  const known = state.review.comments[id];
  if (!known || known.replyTo !== null) throw new AppError("not_found", "There is no such thread.");
  return known.resolved === resolved ? [] : [{ type: "CommentResolved", data: { id, by, resolved } }];
}

/** What an edit or a rebase takes with it: told, so that the log says when. */
export function staleAfter(state: ChangeState, events: Events, reason: "edited" | "rebased"): ChangeEvent[] {
  const moves = events.some(({ data }) => Array.isArray(data.edits) && data.edits.length > 0);
  if (!moves) return [...events];
  const fresh = state.review.verdicts.filter(({ verdict, stale }) => verdict === "approved" && !stale);
  const by = fresh.map((verdict) => verdict.by);
  return [
    ...events,
    ...(by.length > 0 ? [{ type: "ApprovalsWentStale", data: { by, reason } } as const] : []),
    ...unschedule(state, reason === "edited" ? "edited" : "base_moved"),
  ];
}

export interface Scheduling {
  by: string;
  at: Date;
  zone: string;
  local: string;
  comment: string;
  now: Date;
}

const YEAR_MS = 366 * 86_400_000;

export function schedule(state: ChangeState, { by, at, zone, local, comment, now }: Scheduling): ChangeEvent[] {
  requireOpen(state);
  if (at.getTime() <= now.getTime()) throw new AppError("invalid_input", "This time has passed. Choose a later one.");
  if (at.getTime() - now.getTime() > YEAR_MS) {
    throw new AppError("invalid_input", "A publication can be scheduled within a year.");
  }
  const content = contentOf(state.document);
  return [{ type: "Scheduled", data: { by, at: at.toISOString(), zone, local, comment, content } }];
}

/** At the time that was set, by whoever resumes it: with their rights it is published. */
export function resumeSchedule(state: ChangeState, { by, now }: { by: string; now: Date }): ChangeEvent[] {
  requireOpen(state);
  const { schedule: planned } = state.review;
  if (planned?.status !== "suspended") throw new AppError("conflict", "The schedule of this change is not suspended.");
  const { at, zone, local, comment } = planned;
  return schedule(state, { by, at: new Date(at), zone, local, comment, now });
}

export function suspendSchedule(state: ChangeState, reason: Suspension, detail: string): ChangeEvent[] {
  requireExisting(state);
  if (!state.review.schedule) throw new AppError("not_found", "This change is not scheduled.");
  return unschedule(state, reason, detail);
}

export function cancelSchedule(
  state: ChangeState,
  by: string,
  reason: "by_hand" | "published" | "abandoned" = "by_hand",
): ChangeEvent[] {
  const { schedule: planned } = state.review;
  if (!planned || planned.status === "started") return [];
  return [{ type: "ScheduleCancelled", data: { by, reason } }];
}

function unschedule(state: ChangeState, reason: Suspension, detail = ""): ChangeEvent[] {
  if (state.review.schedule?.status !== "pending") return [];
  return [{ type: "ScheduleSuspended", data: { reason, detail } }];
}

/** Approvals of exactly what the change says now. */
export function freshApprovals({ review, document }: ChangeState): string[] {
  const given = review.verdicts.filter(({ verdict, stale }) => verdict === "approved" && !stale);
  if (given.length === 0) return [];
  const content = contentOf(document);
  return given.filter((verdict) => verdict.content === content).map(({ by }) => by);
}

export interface Clearance {
  needed: number;
  because: "none" | "policy" | "pages";
  /** Freeze windows that hold now. */
  frozen: readonly string[];
}

/** Refuses to publish what has not enough approvals, or in a freeze window; with a reason to bypass it is an event instead. */
export function clear(
  state: ChangeState,
  { needed, because, frozen }: Clearance,
  bypass?: { by: string; reason: string },
): ChangeEvent[] {
  const approvals = freshApprovals(state).length;
  const rejected = state.review.verdicts.find(({ verdict }) => verdict === "rejected");
  const missing = approvals < needed;
  if (!rejected && !missing && frozen.length === 0) return [];
  if (bypass) {
    const data = { by: bypass.by, reason: bypass.reason, approvals, needed, frozen: [...frozen] };
    return [{ type: "BypassUsed", data }];
  }
  if (rejected) {
    throw new AppError("approval_needed", "This change was rejected. Change it, and ask for review again.", {
      reason: "rejected",
      approvals,
      needed,
    });
  }
  if (missing)
    throw new AppError("approval_needed", tooFew(state, approvals, needed, because), { because, approvals, needed });
  throw new AppError("publishing_frozen", `Nothing is published during ${frozen.join(", ")}.`, {
    windows: [...frozen],
  });
}

function tooFew({ review }: ChangeState, approvals: number, needed: number, because: Clearance["because"]): string {
  const what = needed === 1 ? "1 approval" : `${needed} approvals`;
  const why = because === "pages" ? "This change loses pages, so it" : "This change";
  const stale = review.verdicts.some((verdict) => verdict.stale)
    ? " Approvals from before its last edit do not count."
    : "";
  return `${why} needs ${what} before it is published; it has ${approvals}.${stale}`;
}

export function requireExisting(state: ChangeState): void {
  if (state.status === "none") throw new AppError("not_found", "There is no such change.");
}

/** Whether it may still be edited, talked about and published. */
export function requireOpen(state: ChangeState): void {
  requireExisting(state);
  const why = WHY_CLOSED[state.status];
  if (why) throw new AppError("conflict", why, { status: state.status });
}

const WHY_CLOSED: Readonly<Record<string, string>> = {
  frozen: "This change is being published. Wait for the publication to end, or open a new change.",
  published: "This change is published. Open a new change to edit further.",
  abandoned: "This change was abandoned. Open a new change.",
};

function requireInReview(state: ChangeState): void {
  requireOpen(state);
  if (state.review.requested) return;
  throw new AppError("conflict", "Nobody asked for a review of this change yet.", { status: state.status });
}

function requireSeen(state: ChangeState, content: string): void {
  if (contentOf(state.document) === content) return;
  throw new AppError("conflict", "The change was edited while you looked at it. Look at it again.", {
    reason: "moved",
  });
}
