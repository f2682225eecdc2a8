import { randomUUID } from "node:crypto";
import { append } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { PLATFORM_LOG, SYSTEM } from "./context";

/** Records what belongs to no tenant. A stream of its own per event, so that two at once never conflict. */
export async function recordOnPlatform(
  type: string,
  data: Record<string, unknown>,
  { actor = SYSTEM.id, requestId = "background" }: { actor?: string; requestId?: string } = {},
): Promise<void> {
  const author = { tenantId: PLATFORM_LOG, actor, requestId };
  const stream = { type: "platform", id: randomUUID() };
  await withTenant(PLATFORM_LOG, (tx) => append(tx, author, stream, 0, [{ type, data }], new Date()));
}
