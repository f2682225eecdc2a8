import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { Feature, Plan, Quota } from "./contract";
import { planOf } from "./plan-of";

/** What a command would make of a counted thing. Less than before, or as much, is never refused. */
export interface QuotaUse {
  quota: Quota;
  before: number;
  after: number;
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
export function refuseBeyond({ tier, quotas }: Plan, uses: readonly QuotaUse[]): void {
  for (const { quota, before, after } of uses) {
    const limit = quotas[quota];
    if (limit === null || after <= limit || after <= before) continue;
    const contact = env().OPERATOR_CONTACT;
    const noun = NOUNS[quota];
    const why = after === before + 1 ? "one more would be too many" : `${after} would be too many`;
    throw new AppError(
      "quota_exceeded",
      `This tenant has ${before} of ${limit} ${noun}; ${why}. Remove some, or ask for more: ${contact}.`,
      { quota, used: before, wanted: after, limit, tier, contact },
    );
  }
}

/** What is done even when nothing may be written: reading needs no word, and operators' own acts. */
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

/** For work that is no command (a tap, a test): throws unless the tenant is active and has what is asked for. */
export async function requireActive(tenantId: string, feature?: Feature): Promise<Plan> {
  const plan = await planOf(tenantId);
  refuseUnlessActive(plan);
  if (feature) refuseWithout(plan, feature);
  return plan;
}
