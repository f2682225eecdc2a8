import { reviewMember } from "@/lib/tenancy";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/members/{id}/review", ({ ctx, params: { id = "" } }) =>
  reviewMember(ctx, { personId: id }),
);
