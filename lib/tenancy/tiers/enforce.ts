import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Feature, Plan, Quota } from "./contract";
import { planOf } from "./plan-of";

/** What a command would make of a counted thing. Less than before, or as much, is never refused. */
export interface QuotaUse {
  quota: Quota;
  after: number;
  /** Asked only when the limit is passed. */
  before(): number | Promise<number>;
}

const NOUNS: Readonly<Record<Quota, string>> = {
  members: "members",
  receivers: "receivers",
  integrations: "integrations",
  routes: "routes",
  templates: "template files",
  templateBytes: "bytes of templates",
  openChanges: "open changes",
  revisions: "kept revisions",
  historyDays: "days of alert history",
  auditDays: "days of what was attempted, exported and tested",
  tapRate: "alerts a minute",
  apiRate: "API requests a minute",
  testSends: "tests a minute",
};

const FEATURE_NOUNS: Readonly<Record<Feature, string>> = {
  taps: "taps for alerts",
  tokens: "API tokens",
  singleSignOn: "a sign-in service of its own",
  provisioning: "provisioning of people (SCIM)",
  scheduling: "scheduled publishing",
};

/** Throws `quota_exceeded` for the first use that goes beyond the plan. */
export async function refuseBeyond({ tier, quotas }: Plan, uses: readonly QuotaUse[]): Promise<void> {
  for (const { quota, before, after } of uses) {
    const limit = quotas[quota];
    if (limit === null || after <= limit) continue;
    const used = await before();
    if (after <= used) continue;
    const contact = env().OPERATOR_CONTACT;
    const why = after === used + 1 ? "one more would be too many" : `${after} would be too many`;
    throw new AppError(
      "quota_exceeded",
      `This tenant has ${used} of ${limit} ${NOUNS[quota]}; ${why}. Remove some, or ask for more: ${contact}.`,
      { quota, used, wanted: after, limit, tier, contact },
    );
  }
}

export function refuseUnlessActive({ state, reason }: Plan): void {
  if (state === "active") return;
  if (state === "deleted") throw new AppError("not_found", "There is no such tenant.");
  const because = reason ? ` (${reason})` : "";
  throw new AppError(
    "tenant_suspended",
    `This tenant is suspended${because}: all can be read, nothing changed. Ask ${env().OPERATOR_CONTACT}.`,
    { reason },
  );
}

export function refuseWithout({ features, tier }: Plan, feature: Feature): void {
  if (features.includes(feature)) return;
  throw new AppError(
    "feature_missing",
    `The tier of this tenant (${tier}) does not include ${FEATURE_NOUNS[feature]}. Ask ${env().OPERATOR_CONTACT}.`,
    { feature, tier },
  );
}

/** The same for what a handler alone knows. */
export async function requireQuota(tenantId: string, use: QuotaUse): Promise<void> {
  await refuseBeyond(await planOf(tenantId), [use]);
}

/** For work that is no command (a tap, a test): throws unless the tenant is active and has what is asked for. */
export async function requireActive(tenantId: string, feature?: Feature): Promise<Plan> {
  const plan = await planOf(tenantId);
  refuseUnlessActive(plan);
  if (feature) refuseWithout(plan, feature);
  return plan;
}
