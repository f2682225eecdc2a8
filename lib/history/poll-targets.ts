import { withTenant } from "@/lib/database";
import { openTargets, readAlertsAt } from "@/lib/targets";
import { tenantsWithTargets } from "@/lib/tenancy";
import { readAlerts } from "./read-alerts";
import { hearAlerts } from "./receive";
import { settingsOf } from "./settings";

/** Asks a tenant's targets for the alerts that they know, and remembers them. Returns how many. */
export async function pollTargets(tenantId: string): Promise<number> {
  const { pollTargets: wanted } = await withTenant(tenantId, (tx) => settingsOf(tx, tenantId));
  if (!wanted) return 0;
  const targets = (await openTargets(tenantId)).filter(({ kind }) => kind === "alertmanager");
  let heard = 0;
  for (const target of targets) {
    const answer = await readAlertsAt(target);
    // It answers in the shape that it is posted, with more in it.
    const { alerts } = readAlerts(answer ?? "null", new Date());
    await hearAlerts(tenantId, alerts);
    heard += alerts.length;
  }
  return heard;
}

export async function pollAllTargets(onError: (error: unknown) => void): Promise<void> {
  // A tenant that is suspended learns nothing new; one that is deleted only waits for its end.
  const active = (await tenantsWithTargets()).filter(({ state }) => state === "active");
  for (const { id } of active) await pollTargets(id).catch(onError);
}
