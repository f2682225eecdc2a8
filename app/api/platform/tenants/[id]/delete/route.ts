import { deleteTenant } from "@/lib/tenancy";
import { deleteTenantSchema } from "@/lib/tenancy/tiers/contract";
import { bodyAs } from "../../../../body-as";
import { platformRoute } from "../../../../platform-route";

export const POST = platformRoute<{ id: string }>(
  "/api/platform/tenants/{id}/delete",
  async ({ operator, params, body }) =>
    deleteTenant(operator, { ...bodyAs(deleteTenantSchema, await body()), tenantId: params.id }),
);
