import { exportAccess } from "@/lib/tenancy";
import { today } from "../../../file-answer";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/access/export", async ({ ctx }) => {
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="access-${ctx.tenantSlug}-${today()}.csv"`,
  };
  return new Response(await exportAccess(ctx), { headers });
});
