import { z } from "zod";
import { planSchema, QUOTAS, type Quota } from "@/lib/tenancy/tiers/contract";

/** `used` is `null` where nothing piles up: what comes in a minute is counted where it comes in. */
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

/** Of which limit the largest share is used. */
export function fullest(uses: Usage["uses"]): Share {
  let most: Share = { quota: null, share: 0 };
  for (const quota of QUOTAS) {
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
