import { Readable } from "node:stream";
import { exportLog } from "@/lib/transparency";
import { exportQuerySchema } from "@/lib/transparency/contract";
import { bodyAs } from "../../../body-as";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/audit/export", async ({ ctx, search }) => {
  const lines = await exportLog(ctx, bodyAs(exportQuerySchema, Object.fromEntries(search)));
  const name = `audit-${ctx.tenantSlug}-${new Date().toISOString().slice(0, 10)}.jsonl`;
  const headers = {
    "content-type": "application/x-ndjson; charset=utf-8",
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
  };
  return new Response(Readable.toWeb(Readable.from(lines)) as ReadableStream, { headers });
});
