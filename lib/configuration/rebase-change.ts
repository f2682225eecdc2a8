import { z } from "zod";
import { type CommandOptions, command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import type { RebaseResult } from "./contract";
import { requireDraft } from "./decider";
import { getChange } from "./queries";
import { ontoLive } from "./rebase";

const run = command(
  {
    name: "rebase-change",
    permission: "configuration:edit",
    input: z.object({ id: z.uuid() }),
    stream: changeStream,
  },
  async (state, _input, { tx, ctx }) => {
    requireDraft(state);
    const { events, conflicts } = await ontoLive(tx, ctx.tenantId, state);
    return { events, result: conflicts };
  },
);

/** Brings a change up to what is live. Where both changed the same place its own side stays, and is told for the review. */
export async function rebaseChange(
  ctx: TenantContext,
  given: { id: string },
  options: CommandOptions = {},
): Promise<RebaseResult> {
  const conflicts = await run(ctx, given, options);
  const told = conflicts.map(({ path, label }) => ({ path: [...path], label }));
  return { change: await getChange(ctx, given), conflicts: told };
}
