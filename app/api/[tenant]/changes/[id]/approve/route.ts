import { approveChange } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/changes/{id}/approve", ({ ctx, params, body }) =>
  approveChange(ctx, { ...body, id: params.id ?? "" } as Parameters<typeof approveChange>[1]),
);
