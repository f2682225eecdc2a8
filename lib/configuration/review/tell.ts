import { notify } from "@/lib/notices";
import type { NoticeKind } from "@/lib/notices/contract";
import type { CommandTools } from "@/lib/tenancy";
import type { ChangeEvent, ChangeState } from "../events";
import { reviewersAmong } from "./people";

type Tools = Pick<CommandTools, "tx" | "directory" | "ctx" | "now" | "streamId">;

interface Notable {
  kind: NoticeKind;
  to: readonly (string | undefined)[];
  detail?: string;
}

/** Tells people of what is about to be written of a change; `state` is that before. */
export async function tellOf(tools: Tools, state: ChangeState, events: readonly ChangeEvent[]): Promise<void> {
  for (const event of events) {
    for (const notable of [await notableOf(tools, state, event), substitutes(state, event)]) {
      if (notable) await tell(tools, state, notable);
    }
  }
}

async function tell(tools: Tools, { number, title }: ChangeState, notable: Notable): Promise<void> {
  const { actor } = tools.ctx;
  const to = notable.to.filter((id): id is string => id !== undefined && id !== actor.id);
  const by = actor.type === "system" ? null : actor.id;
  const data = { changeId: tools.streamId, number, title, by, detail: (notable.detail ?? "").slice(0, 500) };
  await notify(tools, { kind: notable.kind, to, data });
}

/** Those who are asked in the place of somebody who left. */
function substitutes({ review }: ChangeState, event: ChangeEvent): Notable | null {
  if (event.type !== "ReviewersLeft") return null;
  const known = review.requested?.reviewers ?? [];
  return { kind: "review_requested", to: event.data.reviewers.filter((id) => !known.includes(id)) };
}

async function notableOf(tools: Tools, state: ChangeState, event: ChangeEvent): Promise<Notable | null> {
  const requester = state.review.requested?.by;
  switch (event.type) {
    case "ReviewRequested":
      return { kind: "review_requested", to: event.data.reviewers };
    case "ReviewersLeft":
      return { kind: "reviewers_left", to: [requester, await opener(tools)] };
    case "CommentAdded":
      return { kind: "commented", to: await involved(tools, state), detail: event.data.text };
    case "Approved":
      return { kind: "approved", to: [requester, await opener(tools)], detail: event.data.comment };
    case "Rejected":
      return { kind: "rejected", to: [requester, await opener(tools)], detail: event.data.reason };
    case "ApprovalsWentStale":
      return { kind: "approvals_stale", to: [requester, ...event.data.by] };
    case "ScheduleSuspended": {
      const { reason, detail } = event.data;
      return {
        kind: "schedule_suspended",
        to: [state.review.schedule?.by, await opener(tools)],
        detail: detail || reason,
      };
    }
    case "BypassUsed": {
      const all = await reviewersAmong(tools.directory, tools.ctx.tenantId);
      return { kind: "bypass_used", to: all.map(({ id }) => id), detail: event.data.reason };
    }
    case "ChangePublished":
      return state.review.requested || state.review.schedule
        ? { kind: "published", to: [requester, state.review.schedule?.by, await opener(tools)] }
        : null;
    case "ChangeReopened":
      return state.review.schedule
        ? {
            kind: "publication_failed",
            to: [state.review.schedule.by, requester, await opener(tools)],
            detail: event.data.reason,
          }
        : null;
    default:
      return null;
  }
}

async function opener({ tx, streamId }: Tools): Promise<string | undefined> {
  return (await tx.change.findUnique({ where: { id: streamId }, select: { createdBy: true } }))?.createdBy;
}

/** Whoever asked for the review, opened the change, said something of it or judged it. */
async function involved(tools: Tools, { review }: ChangeState): Promise<(string | undefined)[]> {
  const rows = await tools.tx.reviewCommentRow.findMany({
    where: { changeId: tools.streamId },
    select: { author: true },
    distinct: ["author"],
  });
  const authors = rows.map(({ author }) => author);
  return [review.requested?.by, await opener(tools), ...review.verdicts.map(({ by }) => by), ...authors];
}
