import { revokeTap } from "@/lib/history";
import { tenantRoute } from "../../tenant-route";

export const DELETE = tenantRoute("/taps/{id}", ({ ctx, params }) => revokeTap(ctx, { id: params.id ?? "" }));
