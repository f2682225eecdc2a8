import { suspendTenant } from "@/lib/tenancy";
import { suspendTenantSchema } from "@/lib/tenancy/tiers/contract";
import { bodyAs } from "../../../../body-as";
import { platformRoute } from "../../../../platform-route";

export const POST = platformRoute<{ id: string }>(
  "/api/platform/tenants/{id}/suspend",
  async ({ operator, params, body }) =>
    suspendTenant(operator, { ...bodyAs(suspendTenantSchema, await body()), tenantId: params.id }),
);
