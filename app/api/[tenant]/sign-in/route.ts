import { readTenantSignIn } from "@/lib/tenancy";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/sign-in", ({ ctx }) => readTenantSignIn(ctx, undefined));
