import { acknowledgeDrift } from "@/lib/targets";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/targets/{id}/acknowledge", ({ ctx, params }) =>
  acknowledgeDrift(ctx, params.id ?? ""),
);
