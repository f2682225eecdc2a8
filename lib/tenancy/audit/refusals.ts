import { randomUUID } from "node:crypto";
import { append } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { authorOf, type TenantContext } from "../context";
import type { Permission } from "../contract";
import { recordOnPlatform } from "../platform-log";
import { Bounded } from "./bounded";

const MOST_KINDS = 10;
const refusals = new Bounded({ most: MOST_KINDS });

/** For tests, and before a process ends. */
export const flushRefusals = (): Promise<void> => refusals.flush();

const counted = (times: number) => (times > 1 ? { times } : {});

/**
 * Who tried what and may not, in the tenant's log. A transaction of its own, for that of the request comes to nothing. One
 * event per person, attempt and minute, and the further ones of that minute as a count.
 */
export function recordRefusal(ctx: TenantContext, permission: Permission, name: string): Promise<void> {
  const by = { role: ctx.role, ...(ctx.token ? { token: ctx.token.id } : {}) };
  const group = `${ctx.tenantId} ${ctx.actor.id} ${ctx.token?.id ?? ""}`;
  const write = (data: Record<string, unknown>) => async (times: number) => {
    const event = { type: "Refused", data: { ...data, ...by, ...counted(times) } };
    await withTenant(ctx.tenantId, (tx) =>
      append(tx, authorOf(ctx), { type: "refusal", id: randomUUID() }, 0, [event], new Date()),
    );
  };
  const asked = { name, permission };
  return refusals.record({ key: `${group} ${permission} ${name}`, group, write: write(asked), writeGroup: write({}) });
}

/** The same of somebody who asked for what only operators of the installation may see. */
export function recordPlatformRefusal(by: { actor: string; requestId: string }): Promise<void> {
  const write = (times: number) =>
    recordOnPlatform("Refused", { permission: "platform:operate", ...counted(times) }, by);
  return refusals.record({ key: `platform ${by.actor}`, group: `platform ${by.actor}`, write, writeGroup: write });
}
