import { demandSecondFactor, readTenantSecondFactor } from "@/lib/tenancy";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/second-factor", ({ ctx }) => readTenantSecondFactor(ctx, undefined));

export const PUT = tenantRoute("/second-factor", ({ ctx, body }) => demandSecondFactor(ctx, body));
