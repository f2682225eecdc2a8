import { randomUUID } from "node:crypto";
import { z } from "zod";
import { createRevision, originsOf, recordOutcome, requireLive } from "@/lib/configuration";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import { digestOf, listPlaces, readAt } from "@/lib/targets";
import { type CommandOptions, command, parseInput, query, type TenantContext } from "@/lib/tenancy";
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
  const id = randomUUID();
  const reason = bypassed && bypass !== undefined ? { bypass } : {};
  if (bypassed) logger("publishing").warn({ tenantId: ctx.tenantId, changeId, revision }, "review was bypassed");
  try {
    await record(ctx, { id, revision, changeId, comment, ...overwrite, ...reason });
  } catch (error) {
    await recordOutcome(ctx, { id: changeId, revision, published: false, reason: "Another publication was faster." });
    throw error;
  }
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
  const { comment, ...overwrite } = parseInput(publishAgainSchema, input);
  const { revision } = input;
  await assertNoneOpen(ctx, {});
  await assertTargetsExpected(ctx, { ...overwrite, origins: [] });
  await requireLive(ctx, { number: revision });
  const id = randomUUID();
  await record(ctx, { id, revision, changeId: null, comment, ...overwrite });
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

const record = command(
  {
    name: "request-publication",
    permission,
    input: requestPublicationSchema.required().extend({
      id: z.uuid(),
      revision: z.number().int(),
      changeId: z.uuid().nullable(),
      bypass: z.string().optional(),
    }),
    stream: {
      type: "publication",
      id: ({ id }) => id,
      initial: null,
      evolve: (state: null, _event: Requested) => state,
      // The row is written by the handler, whose unique index says whether another publication is under way.
      project: async () => {},
    },
  },
  async (_state, { id, revision, changeId, comment, overwriteDrift, overwriteAt, bypass }, { tx, ctx, now }) => {
    const { tenantId, actor } = ctx;
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
    return { events: [{ ...event, data: { ...event.data } }], result: undefined };
  },
);

function underWay(): AppError {
  return new AppError("conflict", "Another publication of this tenant is under way. Wait for it to end.");
}
