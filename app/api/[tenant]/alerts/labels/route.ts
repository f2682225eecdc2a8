import { countLabels } from "@/lib/history";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/alerts/labels", ({ ctx, search }) => countLabels(ctx, Object.fromEntries(search)));
