import { readLogTile } from "@/lib/transparency";
import { tenantRoute } from "../../../tenant-route";

export const GET = tenantRoute("/audit/tile/{path}", async ({ ctx, params }) => {
  const { bytes, whole } = await readLogTile(ctx, { path: params.path ?? "" });
  const headers = {
    "content-type": "application/octet-stream",
    // Behind a session or a token, so never in a shared cache.
    "cache-control": whole ? "private, max-age=31536000" : "private, max-age=60",
  };
  return new Response(new Uint8Array(bytes), { headers });
});
