import { readAudit } from "@/lib/tenancy";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/audit", ({ ctx, search }) => readAudit(ctx, Object.fromEntries(search)));
