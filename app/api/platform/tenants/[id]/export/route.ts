import { exportTenant } from "@/lib/operations";
import { fileHeaders } from "../../../../file-answer";
import { platformRoute } from "../../../../platform-route";

export const GET = platformRoute<{ id: string }>("/api/platform/tenants/{id}/export", async ({ operator, params }) => {
  const { name, body } = await exportTenant(operator, params.id);
  return new Response(body, { headers: fileHeaders({ name, type: "application/zip" }) });
});
