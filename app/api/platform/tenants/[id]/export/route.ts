import { exportTenant } from "@/lib/operations";
import { platformRoute } from "../../../../platform-route";

export const GET = platformRoute<{ id: string }>("/api/platform/tenants/{id}/export", async ({ operator, params }) => {
  const { name, body } = await exportTenant(operator, params.id);
  return new Response(body, {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
});
