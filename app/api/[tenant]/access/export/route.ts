import { accessCsv, listAccess } from "@/lib/tenancy";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/access/export", async ({ ctx }) => {
  const day = new Date().toISOString().slice(0, 10);
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="access-${ctx.tenantSlug}-${day}.csv"`,
  };
  return new Response(accessCsv(await listAccess(ctx, undefined)), { headers });
});
