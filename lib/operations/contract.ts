import { z } from "zod";
import { planSchema, QUOTAS, type Quota, RATES } from "@/lib/tenancy/tiers/contract";

/** `used` is `null` where nothing is counted: a rate without a limit, and what only caps something. */
const useSchema = z.object({ used: z.number().nullable(), limit: z.number().nullable() });

/** What a tenant has, and how much of it it uses. Of the configuration the largest of what is live and the open changes. */
export const usageSchema = z.object({
  plan: planSchema,
  uses: z.record(z.enum(QUOTAS), useSchema),
  /** Whom to ask for more. */
  contact: z.string(),
});
export type Usage = z.infer<typeof usageSchema>;

export interface Share {
  quota: Quota | null;
  share: number;
}

const PILES_UP = QUOTAS.filter((quota) => !RATES.some((rate) => rate === quota));

/** Of which limit the largest share is used, of those that pile up: a rate is another in the next minute. */
export function fullest(uses: Usage["uses"]): Share {
  let most: Share = { quota: null, share: 0 };
  for (const quota of PILES_UP) {
    const { used, limit } = uses[quota];
    if (used === null || limit === null) continue;
    const share = limit === 0 ? Number(used > 0) : used / limit;
    if (share > most.share) most = { quota, share };
  }
  return most;
}

const checkSchema = z.object({ ok: z.boolean(), detail: z.string() });

export const healthSchema = z.object({
  database: checkSchema.extend({ version: z.string(), bytes: z.number(), connections: z.int() }),
  migrations: checkSchema,
  keys: checkSchema,
  publishing: z.object({
    open: z.int(),
    oldest: z.iso.datetime().nullable(),
    leases: z.array(
      z.object({
        tenantId: z.uuid(),
        owner: z.string(),
        until: z.iso.datetime(),
        attempts: z.int(),
      }),
    ),
  }),
  failures: z.array(
    z.object({
      tenantId: z.uuid(),
      revision: z.int(),
      status: z.string(),
      detail: z.string(),
      at: z.iso.datetime(),
    }),
  ),
  /** Targets at which something else lies than what was published; `null` until this process has looked. */
  drifted: z.int().nullable(),
  /** When the workers of the process that answers ended a round last. */
  workers: z.array(z.object({ name: z.string(), lastRoundAt: z.iso.datetime(), lastError: z.string().nullable() })),
  tenants: z.object({ active: z.int(), suspended: z.int(), deleted: z.int() }),
});
export type Health = z.infer<typeof healthSchema>;
