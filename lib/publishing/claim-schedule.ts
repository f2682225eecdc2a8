import { withPlatform, withTenant } from "@/lib/database";
import { claimElsewhere } from "./claim-elsewhere";

export interface DueSchedule {
  changeId: string;
  tenantId: string;
}

interface Claimed {
  schedule_change_id: string;
  schedule_tenant_id: string;
}

/** What is due and nobody works on, of any tenant. */
export async function claimSchedule(worker: string, seconds: number): Promise<DueSchedule | null> {
  const [row] = await withPlatform(
    (tx) => tx.$queryRaw<Claimed[]>`
      SELECT schedule_change_id, schedule_tenant_id FROM claim_schedule(${worker}, ${seconds}::int)`,
  );
  const claimed = row ?? (await fromElsewhere(worker, seconds));
  return claimed ? { changeId: claimed.schedule_change_id, tenantId: claimed.schedule_tenant_id } : null;
}

const fromElsewhere = claimElsewhere(2_000, claimOf);

/** The same as the function does, as one tenant sees it. */
export async function claimOf(tenantId: string, worker: string, seconds: number): Promise<Claimed | undefined> {
  const [row] = await withTenant(
    tenantId,
    (tx) => tx.$queryRaw<Claimed[]>`
      UPDATE change_schedules
      SET lease_owner = ${worker}, lease_until = now() + make_interval(secs => ${seconds}::int)
      WHERE change_id = (
        SELECT change_id FROM change_schedules
        WHERE tenant_id = ${tenantId}::uuid AND status IN ('pending', 'started') AND publish_at <= now()
          AND (lease_until IS NULL OR lease_until < now())
        ORDER BY publish_at FOR UPDATE SKIP LOCKED LIMIT 1
      )
      RETURNING change_id AS schedule_change_id, tenant_id AS schedule_tenant_id`,
  );
  return row;
}
