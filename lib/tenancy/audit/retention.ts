import { archiveEvents } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { allTenants } from "../tenants";
import { planOf } from "../tiers/plan-of";

const AT_ONCE = 5_000;
const ROUNDS = 20;

/** Empties what tenants' tiers keep no longer. What is left over for one tenant is done the next time. Returns how many events. */
export async function archiveOldEvents(now = new Date()): Promise<number> {
  let archived = 0;
  for (const { id, state } of await allTenants()) {
    if (state === "deleted") continue;
    const { auditDays } = (await planOf(id)).quotas;
    if (auditDays === null) continue;
    for (let round = 0; round < ROUNDS; round++) {
      const some = await withTenant(id, (tx) => archiveEvents(tx, id, auditDays, now, AT_ONCE));
      archived += some;
      if (some < AT_ONCE) break;
    }
  }
  return archived;
}
