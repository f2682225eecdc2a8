import { exportPersonZip } from "@/lib/privacy";
import { personRoute } from "../../person-route";
import { zipDownload } from "../../zip-download";

export const GET = personRoute("/api/me/export", async ({ session: { personId }, requestId }) =>
  zipDownload(await exportPersonZip(personId, { actor: personId, requestId })),
);
