import { retitleChange } from "@/lib/configuration";
import { retitleInputSchema } from "@/lib/configuration/contract";
import { tenantRoute } from "../../../tenant-route";

export const PUT = tenantRoute("/changes/{id}/title", ({ ctx, params, body, requiredVersion }) =>
  retitleChange(ctx, { id: params.id ?? "", ...retitleInputSchema.parse(body) }, requiredVersion()),
);
