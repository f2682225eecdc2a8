import { withDirectory } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { metrics } from "@/lib/observability";
import { RATES, type Rate } from "./contract";
import { type LeasedRate, leasedRate } from "./leased-rate";
import { planOf } from "./plan-of";

const NAMES = { tapRate: "tap", apiRate: "tenant_api", testSends: "tenant_test_sends" } as const;
const WORDS = { tapRate: "alerts", apiRate: "requests to the API", testSends: "tests" } as const;

// On globalThis, because each route of the app may hold a copy of this module, and they share one limit.
const kept = globalThis as typeof globalThis & { signalboxTenantRates?: LeasedRate };

/** Lets a request into a tenant: one that is there, and has not had more than its tier includes. */
export async function admitRequest(tenantId: string): Promise<void> {
  const { state } = await planOf(tenantId);
  if (state === "deleted") throw new AppError("not_found", "There is no such tenant.");
  await limitTenant(tenantId, "apiRate");
}

/** Counts what comes in for a tenant, in all processes together. Throws `rate_limited`, with `retryAfter` in seconds. */
export async function limitTenant(tenantId: string, rate: Rate, count = 1): Promise<void> {
  const limit = (await planOf(tenantId)).quotas[rate];
  if (limit === null) return;
  kept.signalboxTenantRates ??= leasedRate();
  const wait = limit === 0 ? 60 : await kept.signalboxTenantRates.take(tenantId, rate, limit, count);
  if (wait === 0) return;
  metrics().rateLimited.inc({ limit: NAMES[rate] });
  throw new AppError(
    "rate_limited",
    `This tenant may have ${limit} ${WORDS[rate]} a minute. Go on in ${wait} s, or ask for more: ${env().OPERATOR_CONTACT}.`,
    { retryAfter: wait, quota: rate, limit },
  );
}

/** How much of each rate is used now, of all processes; absent where there is no limit, and nothing is counted. */
export async function usedRates(tenantId: string): Promise<Partial<Record<Rate, number>>> {
  const { quotas } = await planOf(tenantId);
  const rows = await withDirectory(
    tenantId,
    (tx) => tx.$queryRaw<{ rate: string; used: number; ago: number }[]>`
      SELECT rate, used, extract(epoch FROM clock_timestamp() - counted_at)::float8 AS ago FROM tenant_rates`,
  );
  const used: Partial<Record<Rate, number>> = {};
  for (const rate of RATES) {
    const limit = quotas[rate];
    if (limit === null) continue;
    const row = rows.find((one) => one.rate === rate);
    used[rate] = row ? Math.ceil(Math.max(0, row.used - (Math.max(0, row.ago) * limit) / 60)) : 0;
  }
  return used;
}
