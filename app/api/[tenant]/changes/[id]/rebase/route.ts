import { rebaseChange } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/changes/{id}/rebase", ({ ctx, params, requiredVersion }) =>
  rebaseChange(ctx, { id: params.id ?? "" }, requiredVersion()),
);
