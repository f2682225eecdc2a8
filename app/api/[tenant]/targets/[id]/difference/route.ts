import { targetDifference } from "@/lib/publishing";
import { targetDifferenceQuerySchema } from "@/lib/publishing/contract";
import { tenantRoute } from "../../../tenant-route";

export const GET = tenantRoute("/targets/{id}/difference", ({ ctx, params, search }) => {
  const { replica, change } = targetDifferenceQuerySchema.parse(Object.fromEntries(search));
  return targetDifference(ctx, {
    id: params.id ?? "",
    ...(replica === undefined ? {} : { replica }),
    ...(change === undefined ? {} : { changeId: change }),
  });
});
