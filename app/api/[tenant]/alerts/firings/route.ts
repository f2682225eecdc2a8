import { pastFirings } from "@/lib/history";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/alerts/firings", ({ ctx, search }) => pastFirings(ctx, Object.fromEntries(search)));
