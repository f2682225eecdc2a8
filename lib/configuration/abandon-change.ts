import { z } from "zod";
import { type CommandOptions, command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import type { ChangeDto } from "./contract";
import { abandon } from "./decider";
import { getChange } from "./queries";

const run = command(
  {
    name: "abandon-change",
    permission: "configuration:edit",
    input: z.object({ id: z.uuid() }),
    stream: changeStream,
  },
  (state, _input, { ctx }) => ({ events: abandon(state, ctx.actor.id), result: undefined }),
);

export async function abandonChange(
  ctx: TenantContext,
  given: { id: string },
  options: CommandOptions = {},
): Promise<ChangeDto> {
  await run(ctx, given, options);
  return getChange(ctx, given);
}
