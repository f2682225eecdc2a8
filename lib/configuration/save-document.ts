import { z } from "zod";
import { type CommandOptions, command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { type ChangeDto, documentSchema } from "./contract";
import { edit } from "./decider";
import { requireOpen } from "./review/decider";
import { tellOf } from "./review/tell";
import { changeWith } from "./rows";
import { sealDocument } from "./seal-document";
import { setAsideUnread } from "./unread-source";

const input = z.object({ id: z.uuid(), document: documentSchema });

const run = command(
  { name: "save-document", permission: "configuration:edit", input, stream: changeStream },
  async (state, { id, document: sent }, tools) => {
    const { tx, ctx, now } = tools;
    requireOpen(state);
    const stored = state.document.source;
    const at = { tenantId: ctx.tenantId, changeId: id, author: ctx.actor.id };
    const { document, events } = await setAsideUnread(tx, at, sent, stored);
    const sealed = await sealDocument(tx, ctx, document, now, { stored });
    const edits = edit(state, sealed);
    await tellOf(tools, state, edits);
    return {
      events: [...edits, ...events],
      answer: (after) => changeWith(tx, id, after.document, ctx.actor.id),
    };
  },
);

/** The whole document at once; the answer holds it with its secrets sealed. */
export function saveDocument(
  ctx: TenantContext,
  given: z.input<typeof input>,
  options: CommandOptions,
): Promise<ChangeDto> {
  return run(ctx, given, options);
}
