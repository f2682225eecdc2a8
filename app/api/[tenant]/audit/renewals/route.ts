import { readRenewals } from "@/lib/transparency";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/audit/renewals", ({ ctx }) => readRenewals(ctx, {}));
