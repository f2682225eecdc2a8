import { resetMemberFactors } from "@/lib/tenancy";
import { tenantRoute } from "../../../tenant-route";

export const DELETE = tenantRoute("/members/{id}/second-factor", ({ ctx, params }) =>
  resetMemberFactors(ctx, params.id ?? ""),
);
