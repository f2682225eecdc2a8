import { z } from "zod";
import { AppError } from "@/lib/errors";
import { type CommandTools, command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "../change-stream";
import type { ChangeEvent, ChangeState } from "../events";
import { authorsOf } from "./authors";
import {
  addCommentInputSchema,
  approveInputSchema,
  type ReviewDto,
  rejectInputSchema,
  requestReviewInputSchema,
  resolveCommentInputSchema,
} from "./contract";
import { addComment, approve, reject, requestReview, resolveComment, withdrawReview } from "./decider";
import { judgementSchema, judgeReview, neededBy } from "./judge-review";
import { reviewersAmong } from "./people";
import { policyOf } from "./policy";
import { getReview } from "./read-review";
import { tellOf } from "./tell";

const change = z.object({ id: z.uuid() });

async function told(tools: CommandTools, state: ChangeState, events: readonly ChangeEvent[]) {
  await tellOf(tools, state, events);
  return { events, result: undefined };
}

const request = command(
  {
    name: "request-review",
    permission: "configuration:edit",
    input: requestReviewInputSchema.extend(change.shape),
    stream: changeStream,
  },
  async (state, { reviewers }, tools) => {
    const { ctx, tx, directory } = tools;
    const may = (await reviewersAmong(directory, ctx.tenantId)).map(({ id }) => id);
    const asked = reviewers ?? (await policyOf(tx, ctx.tenantId)).reviewers.filter((id) => may.includes(id));
    const strangers = asked.filter((id) => !may.includes(id));
    if (strangers.length > 0) {
      throw new AppError("invalid_input", "Somebody who is asked may not review here.", { people: strangers });
    }
    const all = (asked.length > 0 ? asked : may).filter((id) => id !== ctx.actor.id);
    return told(tools, state, requestReview(state, { by: ctx.actor.id, reviewers: all }));
  },
);

const withdraw = command(
  { name: "withdraw-review", permission: "configuration:edit", input: change, stream: changeStream },
  (state, _input, tools) => told(tools, state, withdrawReview(state, tools.ctx.actor.id)),
);

const give = command(
  {
    name: "approve-change",
    permission: "changes:review",
    input: approveInputSchema.extend({ ...change.shape, judged: judgementSchema }),
    stream: changeStream,
    personal: writer,
  },
  async (state, { id, content, comment, judged }, tools) => {
    const { tx, ctx } = tools;
    requirePerson(ctx);
    const policy = await policyOf(tx, ctx.tenantId);
    const authors = await authorsOf(tools, id);
    const { selfApproval } = policy;
    const needed = Math.max(1, neededBy(policy, judged.lostPages).needed);
    return told(tools, state, approve(state, { by: ctx.actor.id, content, comment, authors, selfApproval, needed }));
  },
);

const refuse = command(
  {
    name: "reject-change",
    permission: "changes:review",
    input: rejectInputSchema.extend(change.shape),
    stream: changeStream,
    personal: writer,
  },
  (state, { content, reason }, tools) => {
    requirePerson(tools.ctx);
    return told(tools, state, reject(state, { by: tools.ctx.actor.id, content, reason }));
  },
);

const comment = command(
  {
    name: "comment-change",
    permission: "configuration:view",
    input: addCommentInputSchema.extend(change.shape),
    stream: changeStream,
    personal: writer,
  },
  (state, { text, place, replyTo }, tools) => {
    const by = tools.ctx.actor.id;
    return told(tools, state, addComment(state, { id: tools.newId(), by, text, place, replyTo }));
  },
);

const resolve = command(
  {
    name: "resolve-comment",
    permission: "configuration:edit",
    input: resolveCommentInputSchema.extend({ ...change.shape, comment: z.uuid() }),
    stream: changeStream,
  },
  (state, { comment: id, resolved }, tools) =>
    told(tools, state, resolveComment(state, { id, by: tools.ctx.actor.id, resolved })),
);

type Input<Schema extends z.ZodType> = z.input<Schema> & { id: string };

export async function askForReview(
  ctx: TenantContext,
  given: Input<typeof requestReviewInputSchema>,
): Promise<ReviewDto> {
  await request(ctx, given);
  return getReview(ctx, given);
}

export async function withdrawFromReview(ctx: TenantContext, given: { id: string }): Promise<ReviewDto> {
  await withdraw(ctx, given);
  return getReview(ctx, given);
}

/** Of what `content` names; whoever wrote in the change may not, unless the tenant allows it. */
export async function approveChange(ctx: TenantContext, given: Input<typeof approveInputSchema>): Promise<ReviewDto> {
  const judged = await judgeReview(ctx, given);
  await give(ctx, { ...given, judged });
  return getReview(ctx, given);
}

export async function rejectChange(ctx: TenantContext, given: Input<typeof rejectInputSchema>): Promise<ReviewDto> {
  await refuse(ctx, given);
  return getReview(ctx, given);
}

export async function commentOnChange(
  ctx: TenantContext,
  given: Input<typeof addCommentInputSchema>,
): Promise<ReviewDto> {
  await comment(ctx, given);
  return getReview(ctx, given);
}

export async function resolveThread(
  ctx: TenantContext,
  given: Input<typeof resolveCommentInputSchema> & { comment: string },
): Promise<ReviewDto> {
  await resolve(ctx, given);
  return getReview(ctx, given);
}

function writer(_input: unknown, { actor }: TenantContext): string | null {
  return actor.type === "person" ? actor.id : null;
}

/** A second pair of eyes is somebody's. */
function requirePerson({ actor }: TenantContext): void {
  if (actor.type !== "person") throw new AppError("forbidden", "Changes are reviewed by people, not by programs.");
}
