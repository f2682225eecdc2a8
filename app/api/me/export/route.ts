import { exportPersonZip } from "@/lib/privacy";
import { fileHeaders } from "../../file-answer";
import { personRoute } from "../../person-route";

export const GET = personRoute("/api/me/export", async ({ session: { personId }, requestId }) => {
  const { name, body } = await exportPersonZip(personId, { actor: personId, requestId });
  return new Response(body, { headers: fileHeaders({ name, type: "application/zip" }) });
});
