import { z } from "zod";
import { AppError } from "@/lib/errors";
import { command, type TenantContext } from "@/lib/tenancy";
import type { PublicationDto } from "./contract";
import { getPublication } from "./read-publications";

interface Acknowledged {
  type: "PublicationAcknowledged";
  data: { status: string; revision: number } & Record<string, unknown>;
}

const run = command(
  {
    name: "acknowledge-publication",
    permission: "configuration:publish",
    input: z.object({ id: z.uuid() }),
    stream: {
      type: "publication",
      id: ({ id }) => id,
      initial: null,
      evolve: (state: null, _event: Acknowledged) => state,
      // The row is written by the handler, which has to look whether there is such a publication anyhow.
      project: async () => {},
    },
  },
  async (_state, { id: publicationId }, { tx, ctx: { tenantId, actor }, now: at }) => {
    const row = await tx.publication.findUnique({ where: { id: publicationId } });
    if (!row) throw new AppError("not_found", "There is no such publication.");
    const { status, revision } = row;
    if (status !== "failed" && status !== "restored")
      throw new AppError("conflict", "Only a publication that failed can be acknowledged.", { status });
    const seen = await tx.publicationAcknowledgement.findUnique({ where: { publicationId } });
    if (seen) return { events: [], result: undefined };
    await tx.publicationAcknowledgement.create({ data: { publicationId, tenantId, by: actor.id, at } });
    const event: Acknowledged = { type: "PublicationAcknowledged", data: { status, revision } };
    return { events: [event], result: undefined };
  },
);

/** Somebody has seen that it failed: it is not told on every page any more. May be repeated. */
export async function acknowledgePublication(ctx: TenantContext, id: string): Promise<PublicationDto> {
  await run(ctx, { id });
  return getPublication(ctx, id);
}
