import { Prisma } from "@/lib/database";
import { limitTenant, requireActive } from "@/lib/tenancy";
import type { HeardAlert } from "./heard-alert";
import { Intake } from "./intake";
import { maintainPartitions } from "./maintenance";
import { type ReadAlerts, readAlerts } from "./read-alerts";
import { storeAlerts } from "./store-alerts";

// On globalThis because the development server evaluates this module again on each change.
const kept = globalThis as typeof globalThis & { signalboxIntake?: Intake };

function intake(): Intake {
  kept.signalboxIntake ??= new Intake({ store });
  return kept.signalboxIntake;
}

async function store(tenantId: string, alerts: readonly HeardAlert[]): Promise<void> {
  try {
    await storeAlerts(tenantId, alerts, new Date());
  } catch (error) {
    // The day has no partition: nobody looked after them for a week, or never yet.
    if (!isMissingPartition(error)) throw error;
    await maintainPartitions();
    await storeAlerts(tenantId, alerts, new Date());
  }
}

function isMissingPartition(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && /no partition of relation/.test(error.message);
}

/** Takes alerts of a tenant in; settled when they are committed. */
export function hearAlerts(tenantId: string, alerts: readonly HeardAlert[]): Promise<void> {
  return intake().accept(tenantId, alerts);
}

/** Takes in what was posted to a tap, and says what Alertmanager would have answered. */
export async function receiveAlerts(tenantId: string, body: string): Promise<ReadAlerts["refusal"]> {
  await requireActive(tenantId, "taps");
  const { alerts, refusal } = readAlerts(body, new Date());
  if (alerts.length > 0) await limitTenant(tenantId, "tapRate", alerts.length);
  await hearAlerts(tenantId, alerts);
  return refusal;
}
