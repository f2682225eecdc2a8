import { z } from "zod";
import { command, type TenantContext } from "@/lib/tenancy";
import { isLoud } from "./contract";
import type { ComparedPlace } from "./drift";
import { findStoredTarget, lookAtPlaces } from "./list-targets";

interface Acknowledged {
  type: "DriftAcknowledged";
  data: { name: string; places: { replica: string; state: string }[] } & Record<string, unknown>;
}

const run = command(
  {
    name: "acknowledge-drift",
    permission: "configuration:publish",
    input: z.object({ id: z.uuid(), name: z.string(), places: z.custom<ComparedPlace[]>() }),
    stream: {
      type: "target",
      id: ({ id }) => id,
      initial: null,
      evolve: (state: null, _event: Acknowledged) => state,
      // Digests are no event's affair: what was seen is written by the handler.
      project: async () => {},
    },
  },
  async (_state, { name, places }, { tx, ctx: { tenantId, actor }, now: at }) => {
    for (const { placeId, seen } of places) {
      const row = { tenantId, seen, by: actor.id, at };
      await tx.driftAcknowledgement.upsert({ where: { placeId }, create: { placeId, ...row }, update: row });
    }
    const told = places.map(({ replica, state }) => ({ replica, state }));
    const event: Acknowledged = { type: "DriftAcknowledged", data: { name, places: told } };
    return { events: places.length === 0 ? [] : [event], result: undefined };
  },
);

/** What lies at the target now was seen and stays so; the next edit of the file is news again. */
export async function acknowledgeDrift(ctx: TenantContext, id: string): Promise<void> {
  const stored = await findStoredTarget(ctx, id);
  const places = (await lookAtPlaces(stored)).filter(({ state }) => isLoud(state));
  await run(ctx, { id, name: stored.name, places });
}
