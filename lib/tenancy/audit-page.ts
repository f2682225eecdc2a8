import { z } from "zod";
import { readLog, verifyLog } from "@/lib/audit";
import type { TenantContext } from "./context";
import type { auditPageSchema } from "./contract";
import { namesOf } from "./people";
import { openPersonal } from "./personal-data/person-keys";
import { query } from "./query";

const readEntries = query(
  {
    name: "readAudit",
    permission: "audit:view",
    input: z.object({
      before: z.coerce.number().int().positive().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  async (tx, { before, limit }, { tenantId }): Promise<z.infer<typeof auditPageSchema>> => {
    const events = await readLog(tx, tenantId, { limit, ...(before ? { before } : {}) });
    const names = await namesOf(
      tx,
      events.map(({ actor }) => actor),
    );
    const entries = events.map(({ streamVersion: _version, at, ...event }) => ({
      ...event,
      at: at.toISOString(),
      actorName: names[event.actor] ?? null,
    }));
    const last = entries.at(-1);
    return { entries, next: last && last.position > 1 ? last.position : null };
  },
);

/** Of somebody who was erased, `{ erased: id }` stands in the place of what they wrote. */
export async function readAudit(
  ctx: TenantContext,
  page: Parameters<typeof readEntries>[1],
): ReturnType<typeof readEntries> {
  const found = await readEntries(ctx, page);
  return { ...found, entries: await openPersonal(ctx.tenantId, found.entries) };
}

export const verifyTenantLog = query(
  { name: "verifyTenantLog", permission: "audit:view", input: z.undefined() },
  (tx, _input, { tenantId }) => verifyLog(tx, tenantId),
);
