import { exportAuditCsv, installationContext } from "@/lib/tenancy";
import { fileOf, today } from "../../../file-answer";
import { platformRoute } from "../../../platform-route";

export const GET = platformRoute("/api/platform/audit/csv", async ({ operator, url }) => {
  const lines = await exportAuditCsv(installationContext(operator), Object.fromEntries(url.searchParams));
  return fileOf(lines, { name: `audit-installation-${today()}.csv`, type: "text/csv" });
});
