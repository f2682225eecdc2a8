import { tenantSummary } from "@/lib/configuration";
import { tenantRoute } from "./tenant-route";

export const GET = tenantRoute("", ({ ctx }) => tenantSummary(ctx));
