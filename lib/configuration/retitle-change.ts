import { z } from "zod";
import { type CommandOptions, command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { type ChangeDto, retitleInputSchema } from "./contract";
import { retitle } from "./decider";
import { getChange } from "./queries";

const input = retitleInputSchema.extend({ id: z.uuid() });

const run = command(
  { name: "retitle-change", permission: "configuration:edit", input, stream: changeStream },
  (state, { title }) => ({ events: retitle(state, title), result: undefined }),
);

export async function retitleChange(
  ctx: TenantContext,
  given: z.input<typeof input>,
  options: CommandOptions,
): Promise<ChangeDto> {
  await run(ctx, given, options);
  return getChange(ctx, { id: given.id });
}
