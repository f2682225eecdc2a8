import { randomUUID } from "node:crypto";
import { z } from "zod";
import { readAudit } from "../audit-page";
import { command, parseInput, type StreamDefinition } from "../command";
import { PLATFORM_LOG, type TenantContext } from "../context";
import { accessCsv, cell, listAccess } from "../members-access";
import { recordOnPlatform } from "../platform-log";
import { type AuditEntry, type AuditFilter, auditFilterSchema } from "./contract";

type ExportEvent =
  | { type: "AuditExported"; data: { format: "csv"; filter: Record<string, unknown> } }
  | { type: "AccessExported"; data: { format: "csv" } };

/** Each export is a stream of its own: nothing follows from it. */
const exportStream: StreamDefinition<null, ExportEvent, { id: string }> = {
  type: "export",
  id: ({ id }) => id,
  initial: null,
  evolve: () => null,
  project: async () => {},
};

const told = (event: ExportEvent) => ({ events: [event], result: undefined });
const inExport = z.object({ id: z.uuid() });

const recordAuditExport = command(
  {
    ...{ name: "exportAuditCsv", permission: "audit:view", stream: exportStream, inAnyState: true },
    input: inExport.extend({ filter: auditFilterSchema }),
  },
  (_state, { filter }) => told({ type: "AuditExported", data: { format: "csv", filter: toldOf(filter) } }),
);

/** What was searched for may be somebody's name: the log says that words were given, and not which. */
function toldOf({ q, named: _named, ...filter }: z.infer<typeof auditFilterSchema>): Record<string, unknown> {
  return { ...filter, ...(q ? { words: true } : {}) };
}

const PAGE = 200;

/** The events that the filter takes, newest first, as lines of a table. That it was taken is on record before. */
export async function exportAuditCsv(ctx: TenantContext, given: AuditFilter): Promise<AsyncGenerator<string>> {
  const filter = parseInput(auditFilterSchema, given);
  if (ctx.tenantId === PLATFORM_LOG) {
    const by = { actor: ctx.actor.id, requestId: ctx.requestId };
    await recordOnPlatform("AuditExported", { format: "csv", filter: toldOf(filter) }, by);
  } else await recordAuditExport(ctx, { id: randomUUID(), filter });
  return (async function* () {
    yield line(COLUMNS);
    for (let before: number | undefined; ; ) {
      const page = await readAudit(ctx, { ...filter, limit: PAGE, ...(before === undefined ? {} : { before }) });
      for (const entry of page.entries) yield line(rowOf(entry));
      if (page.next === null) return;
      before = page.next;
    }
  })();
}

const COLUMNS = ["position", "at", "event", "actor", "actor id", "noun", "id", "request", "data", "leaf hash"];

function rowOf(entry: AuditEntry): string[] {
  const { position, at, type, actorName, actor, streamType, streamId, requestId, data, leafHash, archived } = entry;
  const shown = archived ? "archived" : JSON.stringify(data);
  return [String(position), at, type, actorName ?? "", actor, streamType, streamId, requestId, shown, leafHash];
}

const line = (cells: readonly string[]) => `${cells.map(cell).join(",")}\r\n`;

const recordAccessExport = command(
  { name: "exportAccess", permission: "audit:view", stream: exportStream, inAnyState: true, input: inExport },
  () => told({ type: "AccessExported", data: { format: "csv" } }),
);

/** Who can do what here, as a table. It leaves the house, so the log says who took it. */
export async function exportAccess(ctx: TenantContext): Promise<string> {
  const access = await listAccess(ctx, undefined);
  await recordAccessExport(ctx, { id: randomUUID() });
  return accessCsv(access);
}
