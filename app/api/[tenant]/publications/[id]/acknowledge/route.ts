import { acknowledgePublication } from "@/lib/publishing";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/publications/{id}/acknowledge", ({ ctx, params }) =>
  acknowledgePublication(ctx, params.id ?? ""),
);
