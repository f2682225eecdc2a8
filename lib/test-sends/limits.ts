import { AppError } from "@/lib/errors";
import { metrics } from "@/lib/observability";
import { type RateLimit, rateLimit } from "@/lib/resilience";
import type { TenantContext } from "@/lib/tenancy";

/** Presses per minute: whoever is told must not be flooded. */
const PER_PERSON = 10;
const PER_TENANT = 30;

// On globalThis, because each route of the app may hold a copy of this module, and they share one limit.
const kept = globalThis as typeof globalThis & { signalboxTestLimits?: { person: RateLimit; tenant: RateLimit } };

/** Throws `rate_limited`. */
export function limitTests({ tenantId, actor }: TenantContext): void {
  kept.signalboxTestLimits ??= { person: rateLimit(PER_PERSON), tenant: rateLimit(PER_TENANT) };
  const { person, tenant } = kept.signalboxTestLimits;
  const wait = person.take(`${tenantId} ${actor.id}`) || tenant.take(tenantId);
  if (wait === 0) return;
  metrics().rateLimited.inc({ limit: "test_sends" });
  throw new AppError("rate_limited", `Too many tests. Go on in ${wait} s.`, { retryAfter: wait });
}
