import { markNoticesRead } from "@/lib/notices";
import { tenantRoute } from "../../tenant-route";

export const POST = tenantRoute("/notices/read", ({ ctx, body }) =>
  markNoticesRead(ctx, body as Parameters<typeof markNoticesRead>[1]),
);
