import { configUsage } from "@/lib/configuration";
import { withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { retentionDays } from "@/lib/history";
import { countMembers, planOf, type TenantContext, usedRates } from "@/lib/tenancy";
import { QUOTAS, type Quota } from "@/lib/tenancy/tiers/contract";
import type { Usage } from "./contract";

/** How much of its limits a tenant uses now. */
export async function usageOf(ctx: TenantContext): Promise<Usage> {
  const plan = await planOf(ctx.tenantId);
  const [members, config, historyDays, rates] = [
    await countMembers(ctx, undefined),
    await configUsage(ctx, undefined),
    await retentionDays(ctx, undefined),
    await usedRates(ctx.tenantId),
  ];
  const used: Partial<Record<Quota, number>> = { members, historyDays, ...config, ...rates };
  const uses = Object.fromEntries(
    QUOTAS.map((quota) => [quota, { used: used[quota] ?? null, limit: plan.quotas[quota] }]),
  ) as Usage["uses"];
  return { plan, uses, contact: env().OPERATOR_CONTACT };
}

/** How far the tenant's log is, wherever it lies. */
export async function positionOf(tenantId: string): Promise<bigint> {
  const [head] = await withTenant(
    tenantId,
    (tx) => tx.$queryRaw<{ position: bigint }[]>`SELECT position FROM event_heads`,
  );
  return head?.position ?? 0n;
}
