import { randomUUID } from "node:crypto";
import type { Receiver } from "@/lib/alertmanager";
import { importConfiguration } from "@/lib/configuration";
import type { TenantContext } from "@/lib/tenancy";

const ROUTE = "route:\n  receiver: tried\n  group_by: [alertname]\n";

/** A draft with one receiver, `tried`, whose integrations are given as YAML. */
export async function draftOf(ctx: TenantContext, integrations: string, global = "") {
  const indented = integrations.replace(/^/gm, "    ");
  const yaml = `${global}${ROUTE}receivers:\n  - name: tried\n${indented}\n`;
  const { change } = await importConfiguration(ctx, { yaml, title: "a draft" });
  const receiver = change.document.config.receivers?.find(({ name }) => name === "tried") as Receiver;
  return { change, changeId: change.id, receiverId: receiver.id };
}

/** Somebody else of the same tenant. */
export function colleague(ctx: TenantContext, role: TenantContext["role"]): TenantContext {
  return { ...ctx, role, actor: { type: "person", id: randomUUID() } };
}
