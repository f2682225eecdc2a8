import { exportAccess } from "@/lib/tenancy";
import { fileHeaders, today } from "../../../file-answer";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/access/export", async ({ ctx }) => {
  const name = `access-${ctx.tenantSlug}-${today()}.csv`;
  const headers = fileHeaders({ name, type: "text/csv; charset=utf-8" });
  return new Response(await exportAccess(ctx), { headers });
});
