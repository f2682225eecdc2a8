import type { GivenVerdict, ReviewEvent, ReviewState } from "./events";

export function evolveReview(state: ReviewState, event: ReviewEvent): ReviewState {
  switch (event.type) {
    case "ReviewRequested": {
      const { by, reviewers } = event.data;
      // Who rejected it is asked anew; who approved what has not moved since need not look again.
      const verdicts = state.verdicts.filter(({ verdict }) => verdict === "approved");
      return { ...state, requested: { by, reviewers }, verdicts };
    }
    case "ReviewWithdrawn":
      return { ...state, requested: null, verdicts: [] };
    case "ReviewersLeft":
      return state.requested ? { ...state, requested: { ...state.requested, reviewers: event.data.reviewers } } : state;
    case "Approved": {
      const { by, content, comment, needed } = event.data;
      return { ...given(state, { by, verdict: "approved", content, comment, stale: false }), needed };
    }
    case "Rejected": {
      const { by, content, reason } = event.data;
      return given(state, { by, verdict: "rejected", content, comment: reason, stale: false });
    }
    case "CommentAdded": {
      const { id, replyTo } = event.data;
      return { ...state, comments: { ...state.comments, [id]: { replyTo, resolved: false } } };
    }
    case "CommentResolved": {
      const { id, resolved } = event.data;
      const known = state.comments[id];
      return known ? { ...state, comments: { ...state.comments, [id]: { ...known, resolved } } } : state;
    }
    case "Scheduled": {
      const { by, at, zone, local, comment, content } = event.data;
      const schedule = { by, at, zone, local, comment, content, status: "pending", reason: null, detail: "" } as const;
      return { ...state, schedule };
    }
    case "ScheduleSuspended":
      return suspended(state, event.data.reason, event.data.detail);
    case "ScheduleCancelled":
      return { ...state, schedule: null };
    case "ApprovalsWentStale":
      return { ...state, verdicts: state.verdicts.map((verdict) => ({ ...verdict, stale: true })) };
    case "BypassUsed":
      return state;
  }
}

function given(state: ReviewState, verdict: GivenVerdict): ReviewState {
  return { ...state, verdicts: [...state.verdicts.filter(({ by }) => by !== verdict.by), verdict] };
}

function suspended(
  state: ReviewState,
  reason: NonNullable<ReviewState["schedule"]>["reason"],
  detail: string,
): ReviewState {
  const { schedule } = state;
  if (schedule?.status !== "pending" && schedule?.status !== "suspended") return state;
  return { ...state, schedule: { ...schedule, status: "suspended", reason, detail } };
}

/** The content has moved: nothing that anybody said of it counts any more, whether or not an event tells so. */
export function moved(state: ReviewState): ReviewState {
  const after = state.schedule?.status === "pending" ? suspended(state, "edited", "") : state;
  if (after.verdicts.every(({ stale }) => stale)) return after;
  return { ...after, verdicts: after.verdicts.map((verdict) => ({ ...verdict, stale: true })) };
}

/** What became of a revision that was frozen by its schedule. */
export function endSchedule(state: ReviewState, outcome: { published: boolean; detail: string }): ReviewState {
  if (!state.schedule) return state;
  if (outcome.published) return { ...state, schedule: null };
  if (state.schedule.status !== "started") return state;
  return { ...state, schedule: { ...state.schedule, status: "failed", reason: "failed", detail: outcome.detail } };
}

/** Where a change stands that is neither being published nor closed. */
export function standingOf({ requested, verdicts, needed, schedule }: ReviewState) {
  if (schedule?.status === "pending") return "scheduled";
  if (verdicts.some(({ verdict }) => verdict === "rejected")) return "rejected";
  if (!requested) return "draft";
  const fresh = verdicts.filter(({ verdict, stale }) => verdict === "approved" && !stale).length;
  return fresh >= Math.max(1, needed) ? "approved" : "in_review";
}
