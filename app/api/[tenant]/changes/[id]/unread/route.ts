import { dropUnreadSource } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const DELETE = tenantRoute("/changes/{id}/unread", ({ ctx, params, requiredVersion }) =>
  dropUnreadSource(ctx, { id: params.id ?? "" }, requiredVersion()),
);
