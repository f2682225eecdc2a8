import { setGrants } from "@/lib/tenancy";
import { setGrantsInputSchema } from "@/lib/tenancy/grants/contract";
import { tenantRoute } from "../../../tenant-route";

export const PUT = tenantRoute("/members/{id}/grants", ({ ctx, params: { id = "" }, body }) =>
  setGrants(ctx, { ...setGrantsInputSchema.parse(body), personId: id }),
);
