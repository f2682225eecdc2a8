import { z } from "zod";
import { renderConfig, usages } from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { type CommandOptions, command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import type { ChangeDto } from "./contract";
import { edit } from "./decider";
import { getChange } from "./queries";
import { requireOpen } from "./review/decider";
import { tellOf } from "./review/tell";
import { receiversOf } from "./rows";

const input = z.object({ id: z.uuid(), receiverId: z.string().min(1).max(64) });

const run = command(
  { name: "delete-receiver", permission: "configuration:edit", input, stream: changeStream },
  async (state, { receiverId }, tools) => {
    requireOpen(state);
    const { document } = state;
    const { config } = document;
    const receivers = receiversOf(config);
    const receiver = receivers.find((other) => other?.id === receiverId);
    if (!receiver) throw new AppError("not_found", "There is no such receiver in this change.");
    const paths = usages(config).receivers[receiver.name] ?? [];
    const twins = receivers.filter((other) => other?.name === receiver.name).length;
    // Of two with one name, either may go: the routes still find the other.
    if (paths.length > 0 && twins === 1) {
      throw new AppError("in_use", `Routes still send to ${receiver.name}. Point them elsewhere first.`, {
        receiver: receiver.name,
        routes: paths,
      });
    }
    const next = { ...config, receivers: receivers.filter((other) => other !== receiver) };
    const source = document.source === null ? null : renderConfig({ config: next, source: document.source }).yaml;
    const events = edit(state, { ...document, config: next, source });
    await tellOf(tools, state, events);
    return { events, result: undefined };
  },
);

export async function deleteReceiver(
  ctx: TenantContext,
  given: z.input<typeof input>,
  options: CommandOptions,
): Promise<ChangeDto> {
  await run(ctx, given, options);
  return getChange(ctx, { id: given.id });
}
