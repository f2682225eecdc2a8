import { getPublication } from "@/lib/publishing";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/publications/{id}", ({ ctx, params }) => getPublication(ctx, params.id ?? ""));
