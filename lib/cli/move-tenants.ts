import { type MoveWorker, startMoveWorker } from "@/lib/database";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability";
import { recordOnPlatform } from "@/lib/tenancy";

/** Moves tenants between isolation levels, as operators ask for: with the owner's password, which the web process never has. */
export function moveTenants(ownerUrl: string, migrations: string): MoveWorker {
  const log = logger("isolation");
  return startMoveWorker({
    ownerUrl,
    migrations,
    graceMs: env().ISOLATION_GRACE_SECONDS * 1000,
    onError: (error) => log.error({ err: error }, "a move was interrupted"),
    onEnd: async ({ tenantId, wanted, error }) => {
      log.info({ tenantId, wanted, error }, error === null ? "a tenant was moved" : "a tenant could not be moved");
      await recordOnPlatform(error === null ? "TenantMoved" : "TenantMoveFailed", { tenant: tenantId, level: wanted });
    },
  });
}
