import { randomUUID } from "node:crypto";
import type { Receiver } from "@/lib/alertmanager";
import { createRevision, importConfiguration, recordOutcome } from "@/lib/configuration";
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

/** A configuration that is live, as far as this room knows: its receiver `tried`. */
export async function liveOf(ctx: TenantContext, yaml: string) {
  const { change } = await importConfiguration(ctx, { yaml, title: "live" });
  const { revision } = await createRevision(ctx, { changeId: change.id, comment: "" });
  await recordOutcome(ctx, { id: change.id, revision, published: true });
  const receiver = change.document.config.receivers?.find(({ name }) => name === "tried") as Receiver;
  return { receiverId: receiver.id };
}
