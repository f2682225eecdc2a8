import { onPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { overridesSchema, type Plan, planFrom, tenantStateSchema, tierDtoSchema } from "./contract";

/** Also how long another process goes by what was true before an operator changed it. */
const REMEMBERED_MS = 2_000;
const MOST_REMEMBERED = 5_000;

// On globalThis, because each route of the app may hold a copy of this module, and an edit must reach them all.
const kept = globalThis as typeof globalThis & { signalboxPlans?: Map<string, { plan: Plan; until: number }> };

function plans() {
  kept.signalboxPlans ??= new Map();
  return kept.signalboxPlans;
}

export function forgetPlans(): void {
  plans().clear();
}

/** What holds for this tenant now. Throws `not_found` for one that is not there. */
export async function planOf(tenantId: string, now = Date.now()): Promise<Plan> {
  const known = plans().get(tenantId);
  if (known && known.until > now) return known.plan;
  const plan = await readPlan(tenantId);
  plans().delete(tenantId);
  if (plans().size >= MOST_REMEMBERED) plans().delete(plans().keys().next().value ?? "");
  plans().set(tenantId, { plan, until: now + REMEMBERED_MS });
  return plan;
}

interface Row {
  tier: string;
  quotas: unknown;
  features: unknown;
  isolation: string;
  version: number;
  overrides: unknown;
  state: string;
  reason: string;
}

async function readPlan(tenantId: string): Promise<Plan> {
  const [row] = await onPlatform((client) => client.$queryRaw<Row[]>`SELECT * FROM plan_of(${tenantId}::uuid)`);
  if (!row) throw new AppError("not_found", "There is no such tenant.");
  const { tier: name, quotas, features, isolation, version, overrides, state, reason } = row;
  return planFrom(
    tierDtoSchema.parse({ name, quotas, features, isolation, version }),
    overridesSchema.parse(overrides),
    { state: tenantStateSchema.parse(state), reason },
  );
}
