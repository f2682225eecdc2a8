import { z } from "zod";
import { AppError } from "@/lib/errors";
import { type CommandOptions, command, query, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import type { RebaseResult } from "./contract";
import { getChange, liveDocument } from "./queries";
import { mergedOntoLive, ontoLive } from "./rebase";
import { type MergeConflict, type MergePreview, rebaseInputSchema } from "./review/contract";
import { requireOpen } from "./review/decider";
import { tellOf } from "./review/tell";
import { documentOf, findChange } from "./rows";

const input = rebaseInputSchema.extend({ id: z.uuid() });

const run = command(
  { name: "rebase-change", permission: "configuration:edit", input, stream: changeStream },
  async (before, { live, theirs }, tools) => {
    requireOpen(before);
    const { state, events, conflicts } = await ontoLive(tools.tx, tools.ctx.tenantId, before, theirs);
    if (live !== undefined && state.baseRevision !== live) {
      throw new AppError("conflict", "Another revision was published while you chose. Look at the conflicts again.", {
        reason: "live_moved",
        live: state.baseRevision,
      });
    }
    await tellOf(tools, before, events);
    return { events, result: conflicts };
  },
);

/**
 * Brings a change up to what is live. Where both changed the same place its own side stays, unless `theirs` names the
 * place; all of them are told for the review.
 */
export async function rebaseChange(
  ctx: TenantContext,
  given: z.input<typeof input>,
  options: CommandOptions = {},
): Promise<RebaseResult> {
  const conflicts = await run(ctx, given, options);
  const told = conflicts.map(({ path, label }) => ({ path: [...path], label }));
  return { change: await getChange(ctx, given), conflicts: told };
}

/** What a rebase would meet, with all three sides. Nothing is written. */
export const previewMerge = query(
  { name: "preview-merge", permission: "configuration:view", input: z.object({ id: z.uuid() }) },
  async (tx, { id }, { tenantId }): Promise<MergePreview> => {
    const row = await findChange(tx, id);
    const live = await liveDocument(tx, tenantId);
    const mine = { document: documentOf(row), baseRevision: row.baseRevision };
    const { conflicts } = await mergedOntoLive(tx, tenantId, mine, live);
    const shown = conflicts.map((conflict): MergeConflict => ({ ...conflict, path: [...conflict.path] }));
    return { base: row.baseRevision, live: live.revision, conflicts: shown };
  },
);
