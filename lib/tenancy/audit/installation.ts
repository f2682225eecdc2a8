import { AppError } from "@/lib/errors";
import { PLATFORM_LOG, type TenantContext } from "../context";
import type { ActingOperator } from "../tiers/tenant-life";

/** The installation's own log, for those who operate it; for queries, as a tenant's is for its admins. */
export function installationContext({ personId, isOperator, requestId }: ActingOperator): TenantContext {
  if (!isOperator) throw new AppError("forbidden", "Only operators of this installation may do this.");
  return {
    ...{ tenantId: PLATFORM_LOG, tenantSlug: "installation", tenantName: "installation" },
    ...{ actor: { type: "person", id: personId }, role: "admin", requestId },
  };
}
