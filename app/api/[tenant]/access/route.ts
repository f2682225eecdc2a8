import { listAccess } from "@/lib/tenancy";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/access", ({ ctx }) => listAccess(ctx, undefined));
