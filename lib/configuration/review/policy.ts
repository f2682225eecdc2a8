import { z } from "zod";
import { parseMatchers } from "@/lib/alertmanager";
import { staleVersion } from "@/lib/audit";
import type { Prisma, Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { command, query, type StreamDefinition, type TenantContext } from "@/lib/tenancy";
import { findLive, frozenDocument, receiversOf } from "../rows";
import { NO_POLICY, type ReviewPolicy, type ReviewPolicyDto, reviewPolicySchema } from "./contract";
import { frozenAt } from "./freeze-windows";
import { candidatesOf } from "./people";

type PolicyEvent = { type: "ReviewPolicyChanged"; data: { before: ReviewPolicy; after: ReviewPolicy } };

const stream: StreamDefinition<null, PolicyEvent, unknown> = {
  type: "review-policy",
  id: () => "review-policy",
  initial: null,
  evolve: (state) => state,
  // The row is written by the handler, which looks at it anyhow.
  project: async () => {},
};

export async function policyOf(tx: Transaction, tenantId: string): Promise<ReviewPolicy & { version: number }> {
  const row = await tx.reviewPolicyRow.findUnique({ where: { tenantId } });
  return row ? { ...reviewPolicySchema.parse(row.body), version: row.version } : { ...NO_POLICY, version: 0 };
}

/** Freeze windows that hold. */
export async function frozenNow(tx: Transaction, tenantId: string, now: Date): Promise<string[]> {
  const { freeze } = await policyOf(tx, tenantId);
  if (freeze.length === 0) return [];
  const live = await findLive(tx, tenantId);
  return live ? frozenAt(freeze, frozenDocument(live).config, now) : [];
}

const read = query(
  { name: "get-review-policy", permission: "configuration:view", input: z.object({}) },
  async (tx, _input, { tenantId }) => {
    const { version, ...policy } = await policyOf(tx, tenantId);
    const live = await findLive(tx, tenantId);
    const config = live ? frozenDocument(live).config : {};
    return { version, policy, intervals: intervalsOf(config), receivers: receiversOf(config).map(({ name }) => name) };
  },
);

export async function getReviewPolicy(ctx: TenantContext): Promise<ReviewPolicyDto> {
  return { ...(await read(ctx, {})), candidates: await candidatesOf(ctx, {}) };
}

const save = command(
  {
    name: "set-review-policy",
    permission: "tenant:settings",
    input: z.object({ policy: reviewPolicySchema, version: z.number().int() }),
    stream,
    stepUp: true,
  },
  async (_state, { policy: after, version: seen }, { tx, ctx: { tenantId } }) => {
    const { version, ...before } = await policyOf(tx, tenantId);
    if (version !== seen) throw staleVersion(version);
    for (const matcher of after.pages.matchers) refuseUnreadable(matcher);
    if (JSON.stringify(before) === JSON.stringify(after)) return { events: [], result: undefined };
    const data = { version: version + 1, body: after as unknown as Prisma.InputJsonValue };
    await tx.reviewPolicyRow.upsert({ where: { tenantId }, create: { tenantId, ...data }, update: data });
    const event: PolicyEvent = { type: "ReviewPolicyChanged", data: { before, after } };
    return { events: [event], result: undefined };
  },
);

export async function setReviewPolicy(
  ctx: TenantContext,
  policy: ReviewPolicy,
  { expectedVersion: version }: { expectedVersion: number },
): Promise<ReviewPolicyDto> {
  await save(ctx, { policy, version });
  return getReviewPolicy(ctx);
}

function refuseUnreadable(matcher: string): void {
  const parsed = parseMatchers(matcher);
  if (!parsed.ok) throw new AppError("invalid_input", `${JSON.stringify(matcher)} is no matcher: ${parsed.error}`);
}

/** Names of time intervals, of both lists that may hold them. */
function intervalsOf(config: { time_intervals?: unknown; mute_time_intervals?: unknown }): string[] {
  const lists = [config.time_intervals, config.mute_time_intervals].filter(Array.isArray).flat() as {
    name?: unknown;
  }[];
  return [...new Set(lists.map((one) => one?.name).filter((name): name is string => typeof name === "string"))];
}
