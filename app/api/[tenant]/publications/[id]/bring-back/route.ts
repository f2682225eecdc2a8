import { bringBack } from "@/lib/publishing";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/publications/{id}/bring-back", ({ ctx, params }) => bringBack(ctx, params.id ?? ""), {
  status: 201,
});
