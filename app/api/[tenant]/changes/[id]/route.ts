import { getChange } from "@/lib/configuration";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/changes/{id}", ({ ctx, params }) => getChange(ctx, { id: params.id ?? "" }));
