import { previewMerge } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const GET = tenantRoute("/changes/{id}/merge", ({ ctx, params }) => previewMerge(ctx, { id: params.id ?? "" }));
