import { cancelScheduleOf, scheduleChange } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const PUT = tenantRoute("/changes/{id}/schedule", ({ ctx, params, body }) =>
  scheduleChange(ctx, { ...body, id: params.id ?? "" } as Parameters<typeof scheduleChange>[1]),
);

export const DELETE = tenantRoute("/changes/{id}/schedule", ({ ctx, params }) =>
  cancelScheduleOf(ctx, { id: params.id ?? "" }),
);
