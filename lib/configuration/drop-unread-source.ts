import { z } from "zod";
import { type CommandOptions, command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import type { ChangeDto } from "./contract";
import { getChange } from "./queries";
import { requireOpen } from "./review/decider";
import { dropUnread } from "./unread-source";

const run = command(
  {
    name: "drop-unread-source",
    permission: "configuration:edit",
    input: z.object({ id: z.uuid() }),
    stream: changeStream,
  },
  async (state, { id }, { tx, ctx }) => {
    requireOpen(state);
    return { events: await dropUnread(tx, { tenantId: ctx.tenantId, changeId: id }, "dropped"), result: undefined };
  },
);

/** Gives up the kept text that cannot be read; the document beside it stays as it is. */
export async function dropUnreadSource(
  ctx: TenantContext,
  given: { id: string },
  options: CommandOptions = {},
): Promise<ChangeDto> {
  await run(ctx, given, options);
  return getChange(ctx, given);
}
