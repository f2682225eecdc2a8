import { exportAuditCsv } from "@/lib/tenancy";
import { fileOf, today } from "../../../file-answer";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/audit/csv", async ({ ctx, search }) => {
  const name = `audit-${ctx.tenantSlug}-${today()}.csv`;
  return fileOf(await exportAuditCsv(ctx, Object.fromEntries(search)), { name, type: "text/csv" });
});
