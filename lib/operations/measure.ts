import { setTimeout as sleep } from "node:timers/promises";
import { onPlatform, type Prisma, withDirectory } from "@/lib/database";
import { systemContext } from "@/lib/tenancy";
import { fullest } from "./contract";
import { positionOf, usageOf } from "./usage";

/** Of tenants in one round; the rest have their turn in the next. */
const AT_ONCE = 100;
/** Rests so many times as long as it worked: nobody waits for these figures, and people wait for the rest. */
const REST = 4;

/** Measures tenants that wrote something since they were measured, and every one each day. Returns how many. */
export async function measureUsage(onError: (error: unknown) => void): Promise<number> {
  const due = await onPlatform(
    (client) => client.$queryRaw<{ id: string }[]>`
      SELECT id FROM tenants_to_measure(interval '1 day', ${AT_ONCE}::integer)`,
  );
  for (const { id } of due) {
    const began = performance.now();
    await measureTenant(id).catch(onError);
    await sleep(REST * (performance.now() - began));
  }
  return due.length;
}

async function measureTenant(tenantId: string): Promise<void> {
  // Asked first: what is written meanwhile is measured again.
  const position = await positionOf(tenantId);
  const { uses } = await usageOf(await systemContext(tenantId));
  const { share, quota } = fullest(uses);
  const used = Object.fromEntries(Object.entries(uses).map(([name, use]) => [name, use.used]));
  const row = { used: used as Prisma.InputJsonValue, fullest: share, quota, measuredAt: new Date(), position };
  await withDirectory(tenantId, async (tx) => {
    // After a power cut it is measured again; no disk need be waited for.
    await tx.$executeRaw`SET LOCAL synchronous_commit TO off`;
    await tx.tenantUsage.upsert({ where: { tenantId }, create: { tenantId, ...row }, update: row });
  });
}
