import { readTargetTemplates } from "@/lib/targets";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/default-templates", ({ ctx, search }) =>
  readTargetTemplates(ctx, { profile: search.get("profile") ?? "" }),
);
