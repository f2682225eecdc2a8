import { requestPublication } from "@/lib/publishing";
import { requestPublicationSchema } from "@/lib/publishing/contract";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute(
  "/changes/{id}/publish",
  ({ ctx, params, body, optionalVersion }) =>
    requestPublication(ctx, requestPublicationSchema.parse({ ...body, changeId: params.id }), optionalVersion()),
  { status: 202 },
);
