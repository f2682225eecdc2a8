import { findAlerts } from "@/lib/history";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/alerts", ({ ctx, search }) =>
  findAlerts(ctx, { ...Object.fromEntries(search), matcher: search.getAll("matcher") }),
);
