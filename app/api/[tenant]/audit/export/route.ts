import { exportLog } from "@/lib/transparency";
import { exportQuerySchema } from "@/lib/transparency/contract";
import { bodyAs } from "../../../body-as";
import { fileOf, today } from "../../../file-answer";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/audit/export", async ({ ctx, search }) => {
  const lines = await exportLog(ctx, bodyAs(exportQuerySchema, Object.fromEntries(search)));
  return fileOf(lines, { name: `audit-${ctx.tenantSlug}-${today()}.jsonl`, type: "application/x-ndjson" });
});
