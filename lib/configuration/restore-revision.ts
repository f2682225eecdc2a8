import { randomUUID } from "node:crypto";
import { z } from "zod";
import { command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import type { ChangeDto } from "./contract";
import { open } from "./decider";
import { nextChangeNumber } from "./open-change";
import { getChange, liveDocument } from "./queries";
import { findRevision, frozenDocument } from "./rows";

const given = z.object({ number: z.coerce.number().int().positive() });

const run = command(
  {
    name: "restore-revision",
    permission: "configuration:edit",
    input: given.extend({ id: z.uuid() }),
    stream: changeStream,
  },
  async (state, { number: revision }, { tx, ctx }) => {
    const live = await liveDocument(tx, ctx.tenantId);
    const opening = {
      number: await nextChangeNumber(tx, ctx.tenantId),
      title: `Restore revision ${revision}`,
      baseRevision: live.revision,
      document: frozenDocument(await findRevision(tx, ctx.tenantId, revision)),
      openedBy: ctx.actor.id,
      restores: revision,
    };
    return { events: open(state, opening), result: undefined };
  },
);

/** A new change that says what the revision said, to be reviewed and published like any other. */
export async function restoreRevision(ctx: TenantContext, raw: z.input<typeof given>): Promise<ChangeDto> {
  const id = randomUUID();
  await run(ctx, { ...raw, id });
  return getChange(ctx, { id });
}
