import { readLogTile } from "@/lib/transparency";
import { fileHeaders } from "../../../../file-answer";
import { tenantRoute } from "../../../tenant-route";

export const GET = tenantRoute("/audit/tile/{path}", async ({ ctx, params }) => {
  const place = params.path ?? "";
  const { bytes, whole } = await readLogTile(ctx, { path: place });
  const headers = {
    ...fileHeaders({ name: `tile-${place}`, type: "application/octet-stream" }),
    // Behind a session or a token, so never in a shared cache.
    "cache-control": whole ? "private, max-age=31536000" : "private, max-age=60",
  };
  return new Response(new Uint8Array(bytes), { headers });
});
