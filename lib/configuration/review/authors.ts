import { readStream } from "@/lib/audit";
import type { CommandTools, TenantContext } from "@/lib/tenancy";
import { EDIT_EVENTS } from "../events";

const WROTE: ReadonlySet<string> = new Set(["ChangeOpened", "ConfigurationImported", ...EDIT_EVENTS]);

/** Everybody who wrote something of a change, as the log has it. */
export async function authorsOf(
  { tx, ctx }: Pick<CommandTools, "tx"> & { ctx: Pick<TenantContext, "tenantId"> },
  id: string,
): Promise<Set<string>> {
  const events = await readStream(tx, ctx.tenantId, { type: "change", id });
  const wrote = events.filter(({ type, data }) => WROTE.has(type) || (type === "ChangeRebased" && data.chosen));
  return new Set(wrote.map(({ actor }) => actor));
}
