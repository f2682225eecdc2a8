import { readCheckpoint } from "@/lib/transparency";
import { tenantRoute } from "../../tenant-route";

const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

export const GET = tenantRoute(
  "/audit/checkpoint",
  async ({ ctx }) => new Response(await readCheckpoint(ctx), { headers }),
);
