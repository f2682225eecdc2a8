import { z } from "zod";

export const TIERS = ["free", "starter", "professional", "enterprise", "dedicated"] as const;
export const tierNameSchema = z.enum(TIERS);
export type TierName = (typeof TIERS)[number];

/**
 * What is counted. `templateBytes` is of all template files together; `historyDays` caps the tenant's own setting;
 * `auditDays`: for so long the log keeps the words of attempts, exports and tests; nothing else of it ever goes;
 * the last three are per minute: alerts that taps take, requests to the API, tests of receivers.
 */
export const QUOTAS = [
  "members",
  "receivers",
  "integrations",
  "routes",
  "templates",
  "templateBytes",
  "openChanges",
  "revisions",
  "historyDays",
  "auditDays",
  "tapRate",
  "apiRate",
  "testSends",
] as const;
export type Quota = (typeof QUOTAS)[number];

/** What fades: so many a minute. */
export const RATES = ["tapRate", "apiRate", "testSends"] as const satisfies readonly Quota[];
export type Rate = (typeof RATES)[number];

/** A tenant without a day of history, a request, a member or a revision could do nothing at all, not even ask. */
const LEAST: Partial<Record<Quota, number>> = { members: 1, revisions: 1, historyDays: 1, auditDays: 30, apiRate: 60 };

/** `null`: no limit. */
const limitOf = (quota: Quota) =>
  z
    .int()
    .min(LEAST[quota] ?? 0)
    .max(1_000_000_000)
    .nullable();
export type Limit = z.infer<ReturnType<typeof limitOf>>;

const limitsShape = Object.fromEntries(QUOTAS.map((quota) => [quota, limitOf(quota)])) as Record<
  Quota,
  ReturnType<typeof limitOf>
>;

export const limitsSchema = z.object(limitsShape);
export type Limits = z.infer<typeof limitsSchema>;

/** What a tier may include beyond numbers. */
export const FEATURES = ["taps", "tokens", "singleSignOn", "provisioning", "scheduling"] as const;
export const featureSchema = z.enum(FEATURES);
export type Feature = (typeof FEATURES)[number];

export const ISOLATION_LEVELS = ["shared", "schema", "database", "dedicated-cluster"] as const;
export const isolationSchema = z.enum(ISOLATION_LEVELS);
export type Isolation = (typeof ISOLATION_LEVELS)[number];

export const tierDtoSchema = z.object({
  name: tierNameSchema,
  quotas: limitsSchema,
  features: z.array(featureSchema),
  /** Where a tenant of this tier belongs; a tenant is moved there by an operator. */
  isolation: isolationSchema,
  version: z.int(),
});
export type TierDto = z.infer<typeof tierDtoSchema>;
export const editTierSchema = tierDtoSchema.pick({ quotas: true, features: true, isolation: true });

/** What a tenant has instead of what its tier says; absent: as the tier says. */
export const overridesSchema = z.object({
  quotas: z.object(limitsShape).partial().default({}),
  features: z.partialRecord(featureSchema, z.boolean()).default({}),
});
export type Overrides = z.infer<typeof overridesSchema>;

export const TENANT_STATES = ["active", "suspended", "deleted"] as const;
export const tenantStateSchema = z.enum(TENANT_STATES);
export type TenantState = (typeof TENANT_STATES)[number];

/** What holds for a tenant now: its tier with its overrides, and whether it may be written to. */
export const planSchema = z.object({
  tier: tierNameSchema,
  quotas: limitsSchema,
  features: z.array(featureSchema),
  isolation: isolationSchema,
  state: tenantStateSchema,
  /** Why it is suspended, in the operator's words. */
  reason: z.string(),
});
export type Plan = z.infer<typeof planSchema>;

export function planFrom(
  tier: Pick<TierDto, "name" | "quotas" | "features" | "isolation">,
  overrides: Overrides,
  { state, reason }: Pick<Plan, "state" | "reason">,
): Plan {
  const has = (feature: Feature) => overrides.features[feature] ?? tier.features.includes(feature);
  return {
    tier: tier.name,
    quotas: { ...tier.quotas, ...overrides.quotas },
    features: FEATURES.filter(has),
    isolation: tier.isolation,
    state,
    reason,
  };
}

/** An operator's list is told page by page. */
export const findTenantsSchema = z.object({
  search: z.string().trim().max(80).optional(),
  state: tenantStateSchema.optional(),
  tier: tierNameSchema.optional(),
  ids: z.array(z.uuid()).max(200).optional(),
  sort: z.enum(["name", "usage"]).default("name"),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(50),
});
export type FindTenants = z.input<typeof findTenantsSchema>;

export const listedTenantSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  tier: tierNameSchema,
  state: tenantStateSchema,
  /** Where its data are now. */
  level: isolationSchema,
  members: z.int(),
  /** The largest share of a limit that is used, as last measured. */
  usage: z.object({ share: z.number(), quota: z.enum(QUOTAS).nullable(), measuredAt: z.iso.datetime() }).nullable(),
});
export type ListedTenant = z.infer<typeof listedTenantSchema>;
export const tenantPageSchema = z.object({ tenants: z.array(listedTenantSchema), total: z.int() });

/** One tenant as operators see it: what it is, never what is in it. */
export const tenantFactsSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  version: z.int(),
  tier: tierNameSchema,
  overrides: overridesSchema,
  plan: planSchema,
  deletedAt: z.iso.datetime().nullable(),
  purgeAfter: z.iso.datetime().nullable(),
  /** When it was last exported as a whole. */
  exportedAt: z.iso.datetime().nullable(),
});
export type TenantFacts = z.infer<typeof tenantFactsSchema>;

export const editTenantSchema = z.object({ tier: tierNameSchema, overrides: overridesSchema });
export const suspendTenantSchema = z.object({ reason: z.string().trim().max(300).default("") });
export const deleteTenantSchema = z.object({
  /** The slug, typed: it ends the work of a whole team. */
  slug: z.string(),
  /** A tenant that was never exported is deleted only when it is said so. */
  withoutExport: z.boolean().default(false),
});
