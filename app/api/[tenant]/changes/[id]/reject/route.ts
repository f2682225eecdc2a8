import { rejectChange } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/changes/{id}/reject", ({ ctx, params, body }) =>
  rejectChange(ctx, { ...body, id: params.id ?? "" } as Parameters<typeof rejectChange>[1]),
);
