import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { metrics } from "@/lib/observability";
import { type RateLimit, rateLimit } from "@/lib/resilience";
import { limitTenant, type TenantContext } from "@/lib/tenancy";

// On globalThis, because each route of the app may hold a copy of this module, and they share one limit.
const kept = globalThis as typeof globalThis & {
  signalboxTestLimits?: { perMinute: number; person: RateLimit; tenant: RateLimit };
};

/** Whoever is told must not be flooded. Throws `rate_limited`. */
export async function limitTests({ tenantId, actor }: TenantContext): Promise<void> {
  const perMinute = env().TEST_SEND_RATE_LIMIT;
  if (kept.signalboxTestLimits?.perMinute !== perMinute)
    kept.signalboxTestLimits = { perMinute, person: rateLimit(Math.ceil(perMinute / 3)), tenant: rateLimit(perMinute) };
  const { person, tenant } = kept.signalboxTestLimits;
  const wait = person.take(`${tenantId} ${actor.id}`) || tenant.take(tenantId);
  if (wait === 0) {
    await limitTenant(tenantId, "testSends");
    return;
  }
  metrics().rateLimited.inc({ limit: "test_sends" });
  throw new AppError("rate_limited", `Too many tests. Go on in ${wait} s.`, { retryAfter: wait });
}
