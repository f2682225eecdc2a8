import { resumeTenant } from "@/lib/tenancy";
import { platformRoute } from "../../../../platform-route";

export const POST = platformRoute<{ id: string }>("/api/platform/tenants/{id}/resume", ({ operator, params }) =>
  resumeTenant(operator, { tenantId: params.id }),
);
