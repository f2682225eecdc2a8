import { usageOf } from "@/lib/operations";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/plan", ({ ctx }) => usageOf(ctx));
