import { resumeScheduleOf } from "@/lib/configuration";
import { tenantRoute } from "../../../../tenant-route";

export const POST = tenantRoute("/changes/{id}/schedule/resume", ({ ctx, params }) =>
  resumeScheduleOf(ctx, { id: params.id ?? "" }),
);
