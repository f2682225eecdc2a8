import { z } from "zod";
import { AppError } from "@/lib/errors";
import { type CommandOptions, command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { type ChangeDto, receiverShapeSchema } from "./contract";
import { edit } from "./decider";
import { requireOpen } from "./review/decider";
import { tellOf } from "./review/tell";
import { changeWith, receiversOf } from "./rows";
import { sealDocument } from "./seal-document";

const input = z.object({ id: z.uuid(), receiverId: z.string().min(1).max(64), receiver: receiverShapeSchema });

const run = command(
  { name: "save-receiver", permission: "configuration:edit", input, stream: changeStream },
  async (state, { id, receiverId, receiver }, tools) => {
    const { tx, ctx, now } = tools;
    requireOpen(state);
    if (receiver.id !== receiverId) {
      throw new AppError("invalid_input", "The id of the receiver differs from the one in the address.");
    }
    const { document } = state;
    const receivers = receiversOf(document.config);
    const known = receivers.some((other) => other?.id === receiverId);
    const next = known
      ? receivers.map((other) => (other?.id === receiverId ? receiver : other))
      : [...receivers, receiver];
    const changed = { ...document, config: { ...document.config, receivers: next } };
    const sealed = await sealDocument(tx, ctx, changed, now, { stored: document.source });
    const events = edit(state, sealed);
    await tellOf(tools, state, events);
    return { events, answer: (after) => changeWith(tx, id, after.document, ctx.actor.id) };
  },
);

/** Replaces the receiver with this id, or adds it at the end. Routes that name it are not touched: save the document for that. */
export function saveReceiver(
  ctx: TenantContext,
  given: z.input<typeof input>,
  options: CommandOptions,
): Promise<ChangeDto> {
  return run(ctx, given, options);
}
