import { commentOnChange } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/changes/{id}/comments", ({ ctx, params, body }) =>
  commentOnChange(ctx, { ...body, id: params.id ?? "" } as Parameters<typeof commentOnChange>[1]),
);
