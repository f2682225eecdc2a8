import { randomUUID } from "node:crypto";
import { append } from "@/lib/audit";
import { withDirectory, withTenant } from "@/lib/database";
import { SYSTEM } from "../context";
import { tenantsOfSlugs } from "../tenants";
import { Bounded } from "./bounded";
import { sourceMark } from "./sign-in-failures";

const MOST_TOKENS = 10;
const uses = new Bounded({ most: MOST_TOKENS });

/** For tests, and before a process ends. */
export const flushTokenRefusals = (): Promise<void> => uses.flush();

export type TokenRefusal = "revoked" | "expired" | "not_member" | "other_tenant";

/** Somebody used a token that is over, or for a tenant that it is not for. Told to the tenant that the token belongs to. */
export function recordTokenRefusal(
  { tenantId, id, reason }: { tenantId: string; id: string; reason: TokenRefusal },
  { address, requestId = "token" }: { address: string; requestId?: string },
): Promise<void> {
  const source = sourceMark(address);
  const write = (data: Record<string, unknown>) => async (times: number) => {
    const event = { type: "ApiTokenRefused", data: { ...data, ...(times > 1 ? { times } : {}) } };
    const author = { tenantId, actor: SYSTEM.id, requestId };
    const stream = { type: "token-refusal", id: randomUUID() };
    await withTenant(tenantId, (tx) => append(tx, author, stream, 0, [event], new Date()));
  };
  const told = { token: id, reason, source };
  return uses.record({
    key: `${tenantId} ${id} ${reason} ${source}`,
    group: tenantId,
    write: write(told),
    writeGroup: write({}),
  });
}

/** Of a token that is worth nothing: whether it was once this tenant's, and why it is not any more. */
export async function recordDeadToken(
  hash: Uint8Array<ArrayBuffer>,
  tenantSlug: string,
  caller: { address: string; requestId?: string },
): Promise<void> {
  const [tenant] = await tenantsOfSlugs([tenantSlug]);
  if (!tenant) return;
  const token = await withDirectory(tenant.id, (tx) =>
    tx.apiToken.findFirst({
      where: { hash, tenantId: tenant.id },
      select: { id: true, revokedAt: true, expiresAt: true },
    }),
  );
  if (!token) return;
  const over = token.revokedAt ? "revoked" : token.expiresAt <= new Date() ? "expired" : "not_member";
  await recordTokenRefusal({ tenantId: tenant.id, id: token.id, reason: over }, caller);
}
