import { randomUUID } from "node:crypto";
import { z } from "zod";
import { countEvents, type EventFilter, proveEvents, proveGrowth } from "@/lib/audit";
import {
  EXPORT_FORMAT,
  type ExportHeader,
  exportEventLine,
  exportHeaderLine,
  formatVerifierKey,
  openCheckpoint,
} from "@/lib/audit/proofs/contract";
import { withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { command, type StreamDefinition, type TenantContext } from "@/lib/tenancy";
import { checkpointNow, wholeNote } from "./checkpoint";
import { exportQuerySchema } from "./contract";
import { signingKeys } from "./keys";
import { renewalsIn } from "./renewals";

const EVENTS_AT_ONCE = 200;

type Filter = z.infer<typeof exportQuerySchema>;
type ExportEvent = { type: "AuditExported"; data: { format: "jsonl"; filter: Filter } };

/** Each export is a stream of its own: nothing follows from it. */
const stream: StreamDefinition<null, ExportEvent, { id: string }> = {
  type: "audit-export",
  id: ({ id }) => id,
  initial: null,
  evolve: (state) => state,
  project: async () => {},
};

const record = command(
  { name: "exportAudit", permission: "audit:view", input: exportQuerySchema.extend({ id: z.string() }), stream },
  async (_state, { id: _id, ...filter }) => {
    const event: ExportEvent = { type: "AuditExported", data: { format: "jsonl", filter } };
    return { events: [event], result: undefined };
  },
);

/** The tenant's log, or what the filter takes of it, as `verifyExport` judges it. That it was taken is on record before. */
export async function exportLog(
  ctx: TenantContext,
  filter: z.input<typeof exportQuerySchema>,
): Promise<AsyncGenerator<string>> {
  await record(ctx, { ...filter, id: randomUUID() });
  return exportLines(ctx.tenantId, exportQuerySchema.parse(filter));
}

/** The same for who has the database, and whose permission nobody has to ask. */
export async function exportLines(tenantId: string, filter: Filter): Promise<AsyncGenerator<string>> {
  const signed = await checkpointNow(tenantId);
  if (!signed) throw new AppError("not_found", "The log is still empty.");
  const { size } = signed;
  const { since } = filter;
  if (since !== undefined && since > size) {
    throw new AppError("not_found", `The log has ${size} events, and not ${since}.`);
  }
  const keys = (await signingKeys(tenantId)).pairs.flatMap((pair) => pair.keys);
  const wanted = filterOf(filter);
  const header = await withTenant(tenantId, async (tx) => {
    const checkpoint = await wholeNote(tx, tenantId, signed);
    // Older keys signed what is older: a reader asks for all that the file names.
    const signers = openCheckpoint(checkpoint, keys).signedBy;
    const events = await countEvents(tx, tenantId, wanted, size);
    const growth = since === undefined ? null : { size: since, proof: await proveGrowth(tx, tenantId, since, size) };
    const complete = events === size;
    const renewals: NonNullable<ExportHeader["renewals"]> = [];
    for (const { size: from, renewal } of await renewalsIn(tx, tenantId)) {
      if (from <= size) renewals.push({ ...renewal, growth: await proveGrowth(tx, tenantId, from, size) });
    }
    const { since: _since, ...asked } = filter;
    const named = signers.map(formatVerifierKey);
    const header = {
      format: EXPORT_FORMAT,
      checkpoint,
      keys: named,
      complete,
      events,
      filter: asked,
      since: growth,
    } as const;
    return renewals.length > 0 ? { ...header, renewals } : header;
  });
  return (async function* () {
    yield exportHeaderLine(header);
    for (let after = wanted.after ?? 0; ; ) {
      const events = await withTenant(tenantId, (tx) =>
        proveEvents(tx, tenantId, { ...wanted, after }, { size, limit: EVENTS_AT_ONCE }),
      );
      for (const event of events) yield exportEventLine(event);
      if (events.length < EVENTS_AT_ONCE) return;
      after = events.at(-1)?.position ?? size;
    }
  })();
}

function filterOf({ after, until, actor, noun, from, to }: Filter): EventFilter {
  return {
    ...(after === undefined ? {} : { after }),
    ...(until === undefined ? {} : { until }),
    ...(actor === undefined ? {} : { actor }),
    ...(noun === undefined ? {} : { streamType: noun }),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  };
}
