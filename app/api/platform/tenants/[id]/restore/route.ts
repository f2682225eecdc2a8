import { restoreTenant } from "@/lib/tenancy";
import { platformRoute } from "../../../../platform-route";

export const POST = platformRoute<{ id: string }>("/api/platform/tenants/{id}/restore", ({ operator, params }) =>
  restoreTenant(operator, { tenantId: params.id }),
);
