import { rebaseChange } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/changes/{id}/rebase", ({ ctx, params, body, requiredVersion }) =>
  rebaseChange(ctx, { ...body, id: params.id ?? "" }, requiredVersion()),
);
