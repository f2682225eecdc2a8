import { randomUUID } from "node:crypto";
import { append } from "@/lib/audit";
import { type Transaction, withTenant } from "@/lib/database";
import { PLATFORM_LOG, SYSTEM } from "./context";

interface By {
  actor?: string;
  requestId?: string;
}

/** Records what belongs to no tenant. A stream of its own per event, so that two at once never conflict. */
export async function recordOnPlatform(type: string, data: Record<string, unknown>, by: By = {}): Promise<void> {
  await withTenant(PLATFORM_LOG, (tx) => recordWith(tx, type, data, by));
}

/** The same beside what it tells of, in a transaction of the platform's log. */
export async function recordWith(
  tx: Transaction,
  type: string,
  data: Record<string, unknown>,
  { actor = SYSTEM.id, requestId = "background" }: By = {},
): Promise<void> {
  const author = { tenantId: PLATFORM_LOG, actor, requestId };
  const stream = { type: "platform", id: randomUUID() };
  await append(tx, author, stream, 0, [{ type, data }], new Date());
}
