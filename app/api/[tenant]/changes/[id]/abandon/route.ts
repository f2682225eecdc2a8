import { abandonChange } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/changes/{id}/abandon", ({ ctx, params, requiredVersion }) =>
  abandonChange(ctx, { id: params.id ?? "" }, requiredVersion()),
);
