import { exportPersonZip } from "@/lib/privacy";
import { personRoute } from "../../person-route";

export const GET = personRoute("/api/me/export", async ({ session: { personId }, requestId }) => {
  const { name, body } = await exportPersonZip(personId, { actor: personId, requestId });
  return new Response(body, {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
});
