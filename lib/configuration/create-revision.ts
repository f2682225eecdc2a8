import { createHash } from "node:crypto";
import { z } from "zod";
import {
  type ConfigDocument,
  checkExpectations,
  type Diagnostic,
  type Expectation,
  renderConfig,
  type TargetProfile,
} from "@/lib/alertmanager";
import type { Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { type DefaultTemplates, defaultTemplatesOf, targetProfilesFor } from "@/lib/targets";
import { type CommandOptions, type CommandTools, command, query, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { freeze } from "./decider";
import type { ChangeState } from "./events";
import { expectationsOf } from "./expectations";
import { judgeDocument } from "./judge-document";
import { liveDocument } from "./queries";
import { ontoLiveUnlessConflict } from "./rebase";
import { bypassReasonSchema } from "./review/contract";
import { clear, requireOpen } from "./review/decider";
import { frozenAt } from "./review/freeze-windows";
import { isSameDocument, judgementSchema, judgeReview, neededBy, type ReviewJudgement } from "./review/judge-review";
import { policyOf } from "./review/policy";
import { tellOf } from "./review/tell";
import { documentOf, findChange, secretFacts, secretRefsOf } from "./rows";
import { refuseUnread } from "./unread-source";

const given = z.object({
  changeId: z.uuid(),
  comment: z.string().max(2000).default(""),
  /** Why it is published without the approvals that it needs, or in a freeze window. */
  bypass: bypassReasonSchema.optional(),
  /** The worker does it, at the time that somebody set. */
  scheduled: z.literal(true).optional(),
});
/** By whom a document is judged, found out before a transaction is opened. */
export const judges = {
  profiles: z.custom<readonly TargetProfile[]>(),
  templates: z.custom<DefaultTemplates>(),
};
const input = given
  .omit({ changeId: true })
  .extend({ id: z.uuid(), comment: z.string(), judged: judgementSchema, ...judges });

async function decide(
  before: ChangeState,
  { id, comment, bypass, scheduled, judged, profiles, templates }: z.output<typeof input>,
  tools: CommandTools,
) {
  const { tx, ctx } = tools;
  requireOpen(before);
  if (scheduled) await requireDue(before, id, tools);
  const { state, events } = await ontoLiveUnlessConflict(tx, ctx.tenantId, before);
  const { document } = state;
  const cleared = clear(
    state,
    await clearanceOf(tools, document, judged),
    bypass === undefined ? undefined : { by: ctx.actor.id, reason: bypass },
  );
  await refuseUnread(tx, ctx.tenantId, id);
  const secrets = await secretFacts(tx, ctx.tenantId, document);
  const secretRefs = secretRefsOf(document);
  const gone = secretRefs.filter((ref) => !Object.hasOwn(secrets, ref));
  if (gone.length > 0) {
    throw new AppError("not_found", "The configuration names secrets that are not there. Enter them anew.", {
      refs: gone,
    });
  }
  const expectations = await expectationsOf(tx);
  for (const profile of profiles) {
    refuseErrors(await judgeDocument(document, secrets, profile, { defaults: templates.get(profile) }), profile);
    refuseBroken(document, expectations, profile);
  }
  const revision = await nextRevisionNumber(tx, ctx.tenantId);
  const by = { frozenBy: ctx.actor.id, ...(scheduled ? { scheduled } : {}) };
  const frozen = freeze(state, { revision, sha256: hashOf(document), comment, secretRefs, ...by });
  await tellOf(tools, before, cleared);
  return { events: [...events, ...cleared, ...frozen], result: { revision, bypassed: cleared.length > 0 } };
}

const name = "create-revision";
const run = command({ name, permission: "configuration:publish", input, stream: changeStream, stepUp: true }, decide);
/** A permission of its own. */
const runBypassing = command({ name, permission: "changes:bypass", input, stream: changeStream, stepUp: true }, decide);

/** What the tenant's rules ask for, as they are now; what the change loses was found out before. */
async function clearanceOf({ tx, ctx, now }: CommandTools, document: ConfigDocument, judged: ReviewJudgement) {
  const policy = await policyOf(tx, ctx.tenantId);
  if (policy.pages.approvals > 0 && !isSameDocument(judged, document)) {
    throw new AppError("conflict", "The change, or what is live, moved in this moment. Try again.", {
      reason: "moved",
    });
  }
  const live = await liveDocument(tx, ctx.tenantId);
  return { ...neededBy(policy, judged.lostPages), frozen: frozenAt(policy.freeze, live.document.config, now) };
}

/** Somebody may have suspended it, or set another time, since the worker saw that it is due. */
async function requireDue({ review }: ChangeState, changeId: string, { tx, now }: CommandTools): Promise<void> {
  const planned = await tx.changeSchedule.findUnique({ where: { changeId }, select: { publishAt: true } });
  if (review.schedule?.status === "pending" && planned && planned.publishAt <= now) return;
  throw new AppError("conflict", "This change is not scheduled for now any more.", { reason: "not_due" });
}

const draft = query(
  { name: "create-revision-draft", permission: "configuration:publish", input: z.object({ id: z.uuid() }) },
  async (tx, { id }, { tenantId }) => {
    const document = documentOf(await findChange(tx, id));
    return { document, secrets: await secretFacts(tx, tenantId, document) };
  },
);

/** Freezes a change that has no error for any of the tenant's targets; what is published is this, never the draft. */
export async function createRevision(
  ctx: TenantContext,
  raw: z.input<typeof given>,
  options: CommandOptions = {},
): Promise<{ revision: number; bypassed: boolean }> {
  const { changeId, ...how } = given.parse(raw);
  const profiles = await targetProfilesFor(ctx);
  const templates = await defaultTemplatesOf(profiles);
  // Looking at all notifications takes its time, which no transaction should: it remembers what was found here.
  const { document, secrets } = await draft(ctx, { id: changeId });
  for (const profile of profiles) {
    await judgeDocument(document, secrets, profile, { defaults: templates.get(profile) });
  }
  const judged = await judgeReview(ctx, { id: changeId });
  const verb = how.bypass === undefined ? run : runBypassing;
  return verb(ctx, { id: changeId, ...how, judged, profiles, templates }, options);
}

export function refuseErrors(diagnostics: readonly Diagnostic[], profile: TargetProfile): void {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const what = errors.length === 1 ? "1 problem" : `${errors.length} problems`;
  throw new AppError("has_error_diagnostics", `${profile.id} would refuse this configuration: ${what} to repair.`, {
    profile: profile.id,
    diagnostics: errors,
  });
}

/** An expectation that does not hold is an error as any other, but lies nowhere in the document. */
function refuseBroken({ config }: ConfigDocument, expectations: readonly Expectation[], profile: TargetProfile): void {
  const broken = checkExpectations(config, profile, expectations).filter(({ ok }) => !ok);
  if (broken.length === 0) return;
  const names = broken.slice(0, 3).map(({ expectation }) => JSON.stringify(expectation.name));
  const more = broken.length > names.length ? ` and ${broken.length - names.length} more` : "";
  throw new AppError(
    "has_error_diagnostics",
    `With ${profile.id} this would not stay true: ${names.join(", ")}${more}. Repair the routes, or change what is expected.`,
    {
      profile: profile.id,
      diagnostics: [],
      expectations: broken.map(({ expectation: { name }, receivers, reason }) => ({ name, receivers, reason })),
    },
  );
}

async function nextRevisionNumber(tx: Transaction, tenantId: string): Promise<number> {
  const last = await tx.revision.aggregate({ where: { tenantId }, _max: { number: true } });
  return (last._max.number ?? 0) + 1;
}

/** Over what is published: the text and the templates. */
function hashOf(document: ConfigDocument): string {
  const hash = createHash("sha256").update(renderConfig(document).yaml);
  for (const { name, content } of document.templates) hash.update(`\0${name}\0${content}`);
  return hash.digest("hex");
}
