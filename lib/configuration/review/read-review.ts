import { z } from "zod";
import type { Transaction } from "@/lib/database";
import { ownGrants, query, type TenantContext } from "@/lib/tenancy";
import { can } from "@/lib/tenancy/contract";
import { grantsSchema } from "@/lib/tenancy/grants/contract";
import { isOpen } from "../contract";
import { liveDocument } from "../queries";
import { changeOutside } from "../refuse-beyond-grants";
import { type ChangeRow, documentOf, findChange, type NameOf, nameLookup } from "../rows";
import { authorsOf } from "./authors";
import { contentOf } from "./content";
import {
  type CommentPlace,
  commentPlaceSchema,
  type ReviewComment,
  type ReviewDto,
  scheduleDtoSchema,
} from "./contract";
import { freezeWindows } from "./freeze-windows";
import { judgeReview, neededBy } from "./judge-review";
import { candidatesOf } from "./people";
import { policyOf } from "./policy";

const read = query(
  {
    name: "get-review",
    permission: "configuration:view",
    input: z.object({ id: z.uuid(), grants: grantsSchema.nullable() }),
  },
  async (tx, { id, grants }, ctx) => {
    const change = await findChange(tx, id);
    const rows = await rowsOf(tx, change);
    const content = contentOf(documentOf(change));
    const nameOf = await nameLookup(tx, peopleOf(rows));
    const { version: _, ...policy } = await policyOf(tx, ctx.tenantId);
    const live = await liveDocument(tx, ctx.tenantId);
    const author = (await authorsOf({ tx, ctx }, id)).has(ctx.actor.id) && !policy.selfApproval;
    const document = documentOf(change);
    const { baseRevision } = change;
    const outside = grants ? await changeOutside(tx, ctx.tenantId, { baseRevision, document }, grants) : [];
    return { change, ...rows, content, nameOf, policy, live, author, beyond: outside.length > 0 };
  },
);

/** Where the review of a change stands, for whoever asks. */
export async function getReview(ctx: TenantContext, { id }: { id: string }): Promise<ReviewDto> {
  const found = await read(ctx, { id, grants: await ownGrants(ctx) });
  const { change, review, verdicts, comments, schedule, content, nameOf, policy, live, author, beyond } = found;
  const open = isOpen(change.status as Parameters<typeof isOpen>[0]);
  const lostPages = open ? (await judgeReview(ctx, { id })).lostPages : null;
  const person = (who: string) => ({ id: who, name: nameOf(who) });
  const given = verdicts.map(({ person: who, verdict, comment, at, stale, content: of }) => ({
    person: person(who),
    verdict: verdict === "approved" ? ("approved" as const) : ("rejected" as const),
    comment,
    at: at.toISOString(),
    stale: stale || (verdict === "approved" && of !== content),
  }));
  const mayReview = can(ctx.role, "changes:review") && ctx.actor.type === "person";
  return {
    content,
    requested: review?.requestedBy
      ? { by: person(review.requestedBy), at: (review.requestedAt ?? change.updatedAt).toISOString() }
      : null,
    reviewers: (review?.reviewers ?? []).map(person),
    candidates: await candidatesOf(ctx, {}),
    verdicts: given,
    approvals: given.filter(({ verdict, stale }) => verdict === "approved" && !stale).length,
    ...(open ? neededBy(policy, lostPages) : ({ needed: 0, because: "none" } as const)),
    lostPages,
    mayApprove: !open ? "closed" : !mayReview ? "no_permission" : author ? "author" : beyond ? "beyond_grants" : "yes",
    comments: comments.map((row) => commentDto(row, { reader: ctx.actor.id, content, person })),
    schedule: schedule ? scheduleDto(schedule, nameOf) : null,
    freeze: freezeWindows(policy.freeze, live.document.config, new Date()),
  };
}

async function rowsOf(tx: Transaction, { id: changeId }: ChangeRow) {
  return {
    review: await tx.changeReview.findUnique({ where: { changeId } }),
    verdicts: await tx.reviewVerdict.findMany({ where: { changeId }, orderBy: { at: "asc" } }),
    comments: await tx.reviewCommentRow.findMany({ where: { changeId }, orderBy: [{ at: "asc" }, { id: "asc" }] }),
    schedule: await tx.changeSchedule.findUnique({ where: { changeId } }),
  };
}
type Rows = Awaited<ReturnType<typeof rowsOf>>;

function peopleOf({ review, verdicts, comments, schedule }: Rows): string[] {
  const commenting = comments.flatMap(({ author, resolvedBy }) => [author, resolvedBy]);
  const others = [review?.requestedBy, schedule?.scheduledBy, ...commenting, ...(review?.reviewers ?? [])];
  return [...verdicts.map(({ person }) => person), ...others].filter((id): id is string => typeof id === "string");
}

interface Showing {
  reader: string;
  content: string;
  person(id: string): { id: string; name: string };
}

function commentDto(row: Rows["comments"][number], { reader, content, person }: Showing): ReviewComment {
  const place: CommentPlace = commentPlaceSchema.catch({ kind: "change" }).parse(row.place);
  return {
    id: row.id,
    replyTo: row.replyTo,
    place,
    text: row.text,
    author: person(row.author),
    mine: row.author === reader,
    at: row.at.toISOString(),
    resolved:
      row.resolvedBy && row.resolvedAt ? { by: person(row.resolvedBy), at: row.resolvedAt.toISOString() } : null,
    earlier: row.content !== content,
  };
}

function scheduleDto(row: NonNullable<Rows["schedule"]>, nameOf: NameOf) {
  const { publishAt, zone, local, comment, status, reason, detail, scheduledBy } = row;
  const by = { id: scheduledBy, name: nameOf(scheduledBy) };
  return scheduleDtoSchema.parse({ at: publishAt.toISOString(), zone, local, comment, status, reason, detail, by });
}
