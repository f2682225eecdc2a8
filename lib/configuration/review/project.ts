import type { Prisma, Transaction } from "@/lib/database";
import type { ChangeEvent, ChangeState } from "../events";
import { REVIEW_EVENTS } from "./events";

interface At {
  tenantId: string;
  changeId: string;
  now: Date;
}

const NAMES: ReadonlySet<string> = new Set([...REVIEW_EVENTS, "ChangeFrozen", "ChangePublished", "ChangeReopened"]);

/** What pages and the worker read of a review. */
export async function projectReview(
  tx: Transaction,
  { state, events, ...at }: At & { state: ChangeState; events: readonly ChangeEvent[] },
): Promise<void> {
  const told = events.filter(({ type }) => NAMES.has(type));
  if (told.length === 0) return;
  for (const event of told) await projectEvent(tx, at, event);
  await projectSchedule(tx, at, state);
}

async function projectEvent(tx: Transaction, { tenantId, changeId, now }: At, event: ChangeEvent): Promise<void> {
  const where = { tenantId, changeId };
  switch (event.type) {
    case "ReviewRequested": {
      const { by: requestedBy, reviewers } = event.data;
      const data = { requestedBy, requestedAt: now, reviewers };
      await tx.changeReview.upsert({ where: { changeId }, create: { ...where, ...data }, update: data });
      await tx.reviewVerdict.deleteMany({ where: { ...where, verdict: "rejected" } });
      return;
    }
    case "ReviewWithdrawn":
      await tx.changeReview.deleteMany({ where });
      await tx.reviewVerdict.deleteMany({ where });
      return;
    case "ReviewersLeft":
      await tx.changeReview.updateMany({ where, data: { reviewers: event.data.reviewers } });
      return;
    case "Approved":
    case "Rejected": {
      const { by: person, content } = event.data;
      const approved = event.type === "Approved";
      const comment = approved ? event.data.comment : event.data.reason;
      const data = { verdict: approved ? "approved" : "rejected", content, comment, stale: false, at: now };
      const key = { tenantId_changeId_person: { ...where, person } };
      await tx.reviewVerdict.upsert({ where: key, create: { ...where, person, ...data }, update: data });
      return;
    }
    case "ApprovalsWentStale":
      await tx.reviewVerdict.updateMany({ where, data: { stale: true } });
      return;
    case "CommentAdded": {
      const { id, by: author, text, place, replyTo, content } = event.data;
      const data = { id, ...where, replyTo, text, content, author, at: now };
      await tx.reviewCommentRow.create({ data: { ...data, place: place as Prisma.InputJsonValue } });
      return;
    }
    case "CommentResolved": {
      const { id, by, resolved } = event.data;
      const data = { resolvedBy: resolved ? by : null, resolvedAt: resolved ? now : null };
      await tx.reviewCommentRow.updateMany({ where: { ...where, id }, data });
    }
  }
}

async function projectSchedule(tx: Transaction, { tenantId, changeId }: At, { review, status }: ChangeState) {
  const planned = status === "abandoned" ? null : review.schedule;
  if (!planned) {
    await tx.changeSchedule.deleteMany({ where: { tenantId, changeId } });
    return;
  }
  const { at, zone, local, comment, by: scheduledBy, reason, detail } = planned;
  const data = { publishAt: new Date(at), zone, local, comment, scheduledBy, status: planned.status, reason, detail };
  // The lease goes on while the worker that holds it moves the schedule; one that is planned anew is nobody's.
  const free = planned.status === "pending" ? { leaseOwner: null, leaseUntil: null } : {};
  await tx.changeSchedule.upsert({
    where: { changeId },
    create: { tenantId, changeId, ...data },
    update: { ...data, ...free },
  });
}
