import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Transaction } from "@/lib/database";
import { command, type TenantContext } from "@/lib/tenancy";
import { changeStream } from "./change-stream";
import { type ChangeDto, openChangeInputSchema } from "./contract";
import { open } from "./decider";
import { getChange, liveDocument } from "./queries";

const run = command(
  {
    name: "open-change",
    permission: "configuration:edit",
    input: openChangeInputSchema.extend({ id: z.uuid() }),
    stream: changeStream,
  },
  async (state, { title }, { tx, ctx }) => {
    const number = await nextChangeNumber(tx, ctx.tenantId);
    const live = await liveDocument(tx, ctx.tenantId);
    const opening = {
      number,
      title: title ?? `Change ${number}`,
      baseRevision: live.revision,
      document: live.document,
      openedBy: ctx.actor.id,
    };
    return { events: open(state, opening), result: undefined };
  },
);

export async function openChange(ctx: TenantContext, input: z.input<typeof openChangeInputSchema>): Promise<ChangeDto> {
  const id = randomUUID();
  await run(ctx, { ...input, id });
  return getChange(ctx, { id });
}

/** `command` holds the tenant's log locked, so no two changes get one number. */
export async function nextChangeNumber(tx: Transaction, tenantId: string): Promise<number> {
  const last = await tx.change.aggregate({ where: { tenantId }, _max: { number: true } });
  return (last._max.number ?? 0) + 1;
}
