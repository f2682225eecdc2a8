import { z } from "zod";
import { localInstants } from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { type CommandTools, command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "../change-stream";
import type { ChangeState } from "../events";
import { liveDocument } from "../queries";
import { type ReviewDto, SUSPENSIONS, scheduleInputSchema } from "./contract";
import { cancelSchedule, clear, resumeSchedule, schedule, suspendSchedule } from "./decider";
import { frozenAt } from "./freeze-windows";
import { judgementSchema, judgeReview, neededBy, type ReviewJudgement } from "./judge-review";
import { policyOf } from "./policy";
import { getReview } from "./read-review";
import { tellOf } from "./tell";

const change = z.object({ id: z.uuid() });
const permission = "changes:schedule";

const plan = command(
  {
    name: "schedule-change",
    permission,
    input: scheduleInputSchema.extend({ ...change.shape, judged: judgementSchema }),
    stream: changeStream,
    feature: "scheduling",
    stepUp: true,
  },
  async (state, { at: local, zone, comment, judged }, tools) => {
    const { ctx, now } = tools;
    const at = instantOf(zone, local);
    await refuseUnclear(tools, state, judged, at);
    const events = schedule(state, { by: ctx.actor.id, at, zone, local, comment, now });
    return { events, result: undefined };
  },
);

const resume = command(
  {
    name: "resume-schedule",
    permission,
    input: change.extend({ judged: judgementSchema }),
    stream: changeStream,
    feature: "scheduling",
    stepUp: true,
  },
  async (state, { judged }, tools) => {
    const events = resumeSchedule(state, { by: tools.ctx.actor.id, now: tools.now });
    const at = state.review.schedule?.at;
    if (at) await refuseUnclear(tools, state, judged, new Date(at));
    return { events, result: undefined };
  },
);

/** What would be refused at that time is refused now: its approvals, and a window that is known already. */
async function refuseUnclear({ tx, ctx }: CommandTools, state: ChangeState, judged: ReviewJudgement, at: Date) {
  const policy = await policyOf(tx, ctx.tenantId);
  const live = await liveDocument(tx, ctx.tenantId);
  const frozen = frozenAt(policy.freeze, live.document.config, at);
  clear(state, { ...neededBy(policy, judged.lostPages), frozen });
}

/** The first of two where the clocks show a time twice. */
function instantOf(zone: string, local: string): Date {
  const instants = localInstants(zone, local);
  if (!instants) throw new AppError("invalid_input", "There is no such time, or no such time zone.", { zone, local });
  const [first] = instants;
  if (first === undefined) {
    throw new AppError("invalid_input", `The clocks of ${zone} skip this time on that day. Choose another one.`, {
      zone,
      local,
    });
  }
  return new Date(first);
}

const cancel = command(
  { name: "cancel-schedule", permission, input: change, stream: changeStream, inAnyState: true },
  (state, _input, { ctx }) => ({ events: cancelSchedule(state, ctx.actor.id), result: undefined }),
);

/** By hand, or by the worker that could not publish it. */
const suspend = command(
  {
    name: "suspend-schedule",
    permission,
    input: change.extend({ reason: z.enum(SUSPENSIONS), detail: z.string().max(1_000) }),
    stream: changeStream,
    // Also of a tenant that is suspended: what cannot be published then says so, once.
    inAnyState: true,
  },
  async (state, { reason, detail }, tools) => {
    const events = suspendSchedule(state, reason, detail);
    await tellOf(tools, state, events);
    return { events, result: undefined };
  },
);

export async function scheduleChange(
  ctx: TenantContext,
  given: z.input<typeof scheduleInputSchema> & { id: string },
): Promise<ReviewDto> {
  requirePerson(ctx);
  await plan(ctx, { ...given, judged: await judgeReview(ctx, given) });
  return getReview(ctx, given);
}

/** What was suspended is published at the time that it had, unless that has passed: then it needs another one. */
export async function resumeScheduleOf(ctx: TenantContext, given: { id: string }): Promise<ReviewDto> {
  requirePerson(ctx);
  await resume(ctx, { ...given, judged: await judgeReview(ctx, given) });
  return getReview(ctx, given);
}

function requirePerson({ actor }: TenantContext): void {
  if (actor.type === "person") return;
  throw new AppError("forbidden", "A publication is scheduled by a person, whose rights it has then.");
}

export async function cancelScheduleOf(ctx: TenantContext, given: { id: string }): Promise<ReviewDto> {
  await cancel(ctx, given);
  return getReview(ctx, given);
}

export async function suspendScheduleOf(ctx: TenantContext, given: { id: string }): Promise<ReviewDto> {
  await suspend(ctx, { ...given, reason: "by_hand", detail: "" });
  return getReview(ctx, given);
}

export { suspend as suspendAs };
