import { resolveThread } from "@/lib/configuration";
import { tenantRoute } from "../../../../tenant-route";

export const PUT = tenantRoute("/changes/{id}/comments/{comment}", ({ ctx, params, body }) =>
  resolveThread(ctx, { ...body, id: params.id ?? "", comment: params.comment ?? "" } as Parameters<
    typeof resolveThread
  >[1]),
);
