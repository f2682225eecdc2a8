import { suspendScheduleOf } from "@/lib/configuration";
import { tenantRoute } from "../../../../tenant-route";

export const POST = tenantRoute("/changes/{id}/schedule/suspend", ({ ctx, params }) =>
  suspendScheduleOf(ctx, { id: params.id ?? "" }),
);
