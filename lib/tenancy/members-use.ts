import { withDirectory } from "@/lib/database";

const HOUR = 3_600_000;
const MOST = 10_000;
/** When each was written last by this process, the one longest ago first. */
const written = new Map<string, number>();

/** That a member asked for something, to the hour. */
export async function noteMemberUse(tenantId: string, personId: string, now = Date.now()): Promise<void> {
  const key = `${tenantId} ${personId}`;
  if (now - (written.get(key) ?? 0) < HOUR) return;
  written.delete(key);
  written.set(key, now);
  if (written.size > MOST) written.delete(written.keys().next().value ?? "");
  const before = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(now - HOUR) } }] };
  await withDirectory(tenantId, (tx) =>
    tx.membership.updateMany({ where: { personId, ...before }, data: { lastUsedAt: new Date(now) } }),
  );
}
