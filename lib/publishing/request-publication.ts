import { randomUUID } from "node:crypto";
import { z } from "zod";
import { createRevision, frozenNow, originsOf, recordOutcome, requireLive, reviewersAmong } from "@/lib/configuration";
import { AppError } from "@/lib/errors";
import { notify } from "@/lib/notices";
import { logger } from "@/lib/observability";
import { failpoint } from "@/lib/resilience";
import { digestOf, listPlaces, readAt } from "@/lib/targets";
import {
  type CommandOptions,
  type CommandTools,
  command,
  parseInput,
  query,
  type StreamDefinition,
  type TenantContext,
} from "@/lib/tenancy";
import { type PublicationDto, publishAgainSchema, type RequestPublication, requestPublicationSchema } from "./contract";
import { assertExpected } from "./forward";
import { getPublication } from "./read-publications";

const permission = "configuration:publish";

/**
 * Freezes the change and leaves the rest to the worker: the answer is the publication as `requested`. Refuses, before
 * anything is frozen, where the saga would refuse: a foreign or drifted file, another publication under way.
 */
export async function requestPublication(
  ctx: TenantContext,
  input: RequestPublication,
  options: CommandOptions & { scheduled?: true } = {},
): Promise<PublicationDto> {
  const { scheduled, ...version } = options;
  const { changeId, comment, bypass, ...overwrite } = parseInput(requestPublicationSchema, input);
  await assertNoneOpen(ctx, {});
  await assertTargetsExpected(ctx, { ...overwrite, origins: await originsFor(ctx, { changeId }) });
  await releaseOrphan(ctx, changeId);
  const how = { ...(bypass === undefined ? {} : { bypass }), ...(scheduled ? { scheduled } : {}) };
  const { revision, bypassed } = await createRevision(ctx, { changeId, comment, ...how }, version);
  if (scheduled) failpoint("schedule.frozen");
  const id = randomUUID();
  const reason = bypassed && bypass !== undefined ? { bypass } : {};
  if (bypassed) logger("publishing").warn({ tenantId: ctx.tenantId, changeId, revision }, "review was bypassed");
  try {
    await record(ctx, { id, revision, changeId, comment, ...overwrite, ...reason });
  } catch (error) {
    await recordOutcome(ctx, { id: changeId, revision, published: false, reason: "Another publication was faster." });
    throw error;
  }
  if (scheduled) failpoint("schedule.recorded");
  return getPublication(ctx, id);
}

/**
 * The second half of what a schedule began: its change is frozen, and whoever froze it died before the publication was
 * written down. May be repeated: a publication of this revision that is known is the answer.
 */
export async function resumeScheduled(ctx: TenantContext, changeId: string): Promise<void> {
  const begun = await findBegun(ctx, { changeId });
  if (begun) {
    const overwrite = { overwriteDrift: false, overwriteAt: [] };
    await record(ctx, { id: randomUUID(), revision: begun.number, changeId, comment: begun.comment, ...overwrite });
  }
}

const findBegun = query(
  { name: "find-begun", permission, input: z.object({ changeId: z.uuid() }) },
  async (tx, { changeId }) => {
    const change = await tx.change.findFirst({ where: { id: changeId, status: "frozen" } });
    if (!change?.revision) return null;
    const known = await tx.publication.findFirst({ where: { changeId, revision: change.revision } });
    if (known) return null;
    const { number, comment } = await tx.revision.findFirstOrThrow({ where: { changeId, number: change.revision } });
    return { number, comment };
  },
);

/** Brings what is live to the targets once more: over a file that somebody edited, or to a target that is new. */
export async function publishAgain(
  ctx: TenantContext,
  input: z.input<typeof publishAgainSchema> & { revision: number },
): Promise<PublicationDto> {
  const { comment, bypass, ...overwrite } = parseInput(publishAgainSchema, input);
  const { revision } = input;
  await assertNoneOpen(ctx, {});
  await assertTargetsExpected(ctx, { ...overwrite, origins: [] });
  await requireLive(ctx, { number: revision });
  const id = randomUUID();
  const verb = bypass === undefined ? record : recordBypassing;
  await verb(ctx, { id, revision, changeId: null, comment, ...overwrite, ...(bypass === undefined ? {} : { bypass }) });
  return getPublication(ctx, id);
}

const originsFor = query(
  { name: "origins-of-change", permission, input: z.object({ changeId: z.uuid() }) },
  (tx, { changeId }, { tenantId }) => originsOf(tx, tenantId, changeId),
);

const assertNoneOpen = query({ name: "open-publication", permission, input: z.object({}) }, async (tx) => {
  const open = await tx.publication.findFirst({ where: { status: { in: ["requested", "running"] } } });
  if (open) throw underWay();
});

async function assertTargetsExpected(
  ctx: TenantContext,
  accepted: Parameters<typeof assertExpected>[2],
): Promise<void> {
  const places = await listPlaces(ctx.tenantId);
  if (places.length === 0)
    throw new AppError("not_ready", "This tenant has no target to publish to. An operator of Signalbox can add one.");
  for (const place of places) {
    const text = await readAt(place);
    assertExpected(place, text === null ? null : digestOf(text), accepted);
  }
}

const ORPHAN_MS = 60_000;

/** A process that died between freezing and recording left a frozen change that nobody publishes: it is a draft again. */
async function releaseOrphan(ctx: TenantContext, changeId: string): Promise<void> {
  const orphan = await findOrphan(ctx, { changeId });
  if (orphan === null) return;
  await recordOutcome(ctx, { id: changeId, revision: orphan, published: false, reason: "It was never published." });
}

const findOrphan = query(
  { name: "find-orphan", permission, input: z.object({ changeId: z.uuid() }) },
  async (tx, { changeId }) => {
    const before = new Date(Date.now() - ORPHAN_MS);
    const change = await tx.change.findFirst({ where: { id: changeId, status: "frozen", updatedAt: { lt: before } } });
    if (!change?.revision) return null;
    const known = await tx.publication.findFirst({ where: { changeId, revision: change.revision } });
    // What a schedule began, the worker of schedules carries on.
    const scheduled = await tx.changeSchedule.findFirst({ where: { changeId, status: "started" } });
    return known || scheduled ? null : change.revision;
  },
);

interface Requested {
  type: "PublicationRequested";
  data: { revision: number; changeId: string | null; overwriteDrift: boolean; overwriteAt?: string[]; bypass?: string };
}

const recording = requestPublicationSchema.required().extend({
  id: z.uuid(),
  revision: z.number().int(),
  changeId: z.uuid().nullable(),
  bypass: z.string().optional(),
});
const stream: StreamDefinition<null, Requested, z.output<typeof recording>> = {
  type: "publication",
  id: ({ id }) => id,
  initial: null,
  evolve: (state) => state,
  // The row is written by the handler, whose unique index says whether another publication is under way.
  project: async () => {},
};
const name = "request-publication";
const record = command({ name, permission, input: recording, stream }, write);
/** A permission of its own. */
const recordBypassing = command({ name, permission: "changes:bypass", input: recording, stream }, write);

async function write(
  _state: null,
  { id, revision, changeId, comment, overwriteDrift, overwriteAt, bypass: reason }: z.output<typeof recording>,
  tools: CommandTools,
) {
  const { tx, ctx, now } = tools;
  const { tenantId, actor } = ctx;
  let bypass = reason;
  if (changeId === null) {
    // Of a change that is what freezing it asked.
    const frozen = await frozenNow(tx, tenantId, now);
    if (frozen.length > 0 && bypass === undefined) {
      throw new AppError("publishing_frozen", `Nothing is published during ${frozen.join(", ")}.`, { windows: frozen });
    }
    if (frozen.length === 0) bypass = undefined;
  }
  const given = { id, tenantId, changeId, revision, comment, overwriteDrift, overwriteAt, bypass: bypass ?? null };
  await tx.publication
    .create({ data: { ...given, status: "requested", requestedBy: actor.id, requestedAt: now } })
    .catch((error: unknown) => {
      throw error instanceof Error && "code" in error && error.code === "P2002" ? underWay() : error;
    });
  const event: Requested = {
    type: "PublicationRequested",
    data: {
      revision,
      changeId,
      overwriteDrift,
      ...(overwriteAt.length > 0 ? { overwriteAt } : {}),
      ...(bypass === undefined ? {} : { bypass }),
    },
  };
  if (changeId === null && bypass !== undefined) await tellBypass(tools, revision, bypass);
  return { events: [{ ...event, data: { ...event.data } }], result: undefined };
}

/** Those who would have reviewed a change are told, as they are of one that went round them. */
async function tellBypass(tools: CommandTools, revision: number, detail: string): Promise<void> {
  const { tx, directory, ctx } = tools;
  const live = await tx.revision.findFirst({ where: { number: revision }, select: { changeId: true } });
  const change = live && (await tx.change.findUnique({ where: { id: live.changeId } }));
  if (!change) return;
  const by = ctx.actor.id;
  const to = (await reviewersAmong(directory, ctx.tenantId)).map(({ id }) => id).filter((id) => id !== by);
  const data = { changeId: change.id, number: change.number, title: change.title, by, detail: detail.slice(0, 500) };
  await notify(tools, { kind: "bypass_used", to, data });
}

function underWay(): AppError {
  return new AppError("conflict", "Another publication of this tenant is under way. Wait for it to end.");
}
