import { PLATFORM_LOG, recordOnPlatform } from "@/lib/tenancy";
import { exportLines } from "@/lib/transparency";
import { exportQuerySchema } from "@/lib/transparency/contract";
import { bodyAs } from "../../../body-as";
import { fileOf, today } from "../../../file-answer";
import { platformRoute } from "../../../platform-route";

export const GET = platformRoute("/api/platform/audit/export", async ({ operator, url }) => {
  const filter = bodyAs(exportQuerySchema, Object.fromEntries(url.searchParams));
  const by = { actor: operator.personId, requestId: operator.requestId };
  await recordOnPlatform("AuditExported", { format: "jsonl", filter }, by);
  const name = `audit-installation-${today()}.jsonl`;
  return fileOf(await exportLines(PLATFORM_LOG, filter), { name, type: "application/x-ndjson" });
});
