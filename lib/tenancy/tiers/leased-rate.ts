import { onPlatform } from "@/lib/database";
import { logger } from "@/lib/observability";
import { type RateLimit, rateLimit } from "@/lib/resilience";

export interface Ask {
  tenantId: string;
  rate: string;
  perMinute: number;
  fewest: number;
  wanted: number;
  /** Handed out before and not used. */
  back: number;
}

interface Lease {
  perMinute: number;
  left: number;
  until: number;
  /** Who wants as much or more goes on then; until `askAgain` nobody needs to be asked. */
  refused: { count: number; goOn: number; askAgain: number } | null;
  /** What those want who wait for the answer. */
  wanted: number;
  asking: Promise<void> | null;
}

interface Options {
  lease?: (ask: Ask) => Promise<{ granted: number; wait: number }>;
  now?: () => number;
}

/** What nobody used by then goes back, so that what an idle process holds is missing nowhere else. */
const LEASE_MS = 5_000;
/** An operator may have given more meanwhile, and another process back what it did not need. */
const REFUSED_MS = 1_000;
const MOST = 5_000;
/** A lease is a second's worth: a busy tenant is one statement a second, of all its processes together. */
const PER_LEASE = 60;

/**
 * Counts a tenant's rates for all processes together: each leases a little from PostgreSQL and counts that down in memory. Where
 * the database does not answer, each process counts alone: a limit is no reason to refuse what could be served.
 */
export function leasedRate({ lease = leaseOf, now = () => Date.now() }: Options = {}) {
  const leases = new Map<string, Lease>();
  const alone = new Map<number, RateLimit>();

  function leaseFor(key: string, perMinute: number): Lease {
    const known = leases.get(key);
    leases.delete(key);
    const current = known ?? { perMinute, left: 0, until: 0, refused: null, wanted: 0, asking: null };
    if (current.perMinute !== perMinute) Object.assign(current, { perMinute, refused: null });
    // Deleted first, so that the map's order is that of the last use.
    leases.set(key, current);
    if (leases.size > MOST) leases.delete(leases.keys().next().value ?? key);
    return current;
  }

  async function ask(held: Lease, of: Pick<Ask, "tenantId" | "rate">, fewest: number): Promise<void> {
    const { perMinute, left: back } = held;
    held.left = 0;
    // In the next turn, so that those who come together are counted together.
    await Promise.resolve();
    const wanted = Math.min(perMinute, Math.max(Math.floor(perMinute / PER_LEASE), held.wanted));
    const { granted, wait } = await lease({ ...of, perMinute, fewest, wanted: Math.max(fewest, wanted), back });
    const at = now();
    Object.assign(held, { left: granted, until: at + LEASE_MS });
    const goOn = at + wait * 1_000;
    held.refused = granted > 0 ? null : { count: fewest, goOn, askAgain: Math.min(goOn, at + REFUSED_MS) };
  }

  return {
    /** 0 when `count` may go on, all or none, else the seconds after which they may; more than a minute's worth need a minute's. */
    async take(tenantId: string, rate: string, perMinute: number, count = 1): Promise<number> {
      const cost = Math.min(count, perMinute);
      const key = `${rate} ${tenantId}`;
      const held = leaseFor(key, perMinute);
      held.wanted += cost;
      try {
        for (;;) {
          const at = now();
          if (held.left >= cost && held.until > at) {
            held.left -= cost;
            return 0;
          }
          const { refused } = held;
          if (refused && cost >= refused.count && refused.askAgain > at)
            return Math.max(1, Math.ceil((refused.goOn - at) / 1_000));
          held.asking ??= ask(held, { tenantId, rate }, cost).finally(() => {
            held.asking = null;
          });
          await held.asking;
        }
      } catch (error) {
        logger("tenancy").warn({ err: error, tenantId, rate }, "a rate is counted by this process alone");
        const own = alone.get(perMinute) ?? rateLimit(perMinute);
        alone.set(perMinute, own);
        if (alone.size > 100) alone.delete(alone.keys().next().value ?? perMinute);
        return own.take(key, now(), cost);
      } finally {
        held.wanted -= cost;
      }
    },
  };
}

export type LeasedRate = ReturnType<typeof leasedRate>;

async function leaseOf({ tenantId, rate, perMinute, fewest, wanted, back }: Ask) {
  const [row] = await onPlatform(
    (client) => client.$queryRaw<{ granted: number; wait: number }[]>`
      SELECT * FROM lease_rate(${tenantId}::uuid, ${rate}, ${perMinute}::float8, ${fewest}::float8, ${wanted}::float8,
                               ${back}::float8)`,
  );
  return row ?? { granted: 0, wait: 1 };
}
