import { readLogTile } from "@/lib/transparency";
import { tileAnswer } from "../../../../checkpoint-answer";
import { tenantRoute } from "../../../tenant-route";

export const GET = tenantRoute("/audit/tile/{path}", async ({ ctx, params }) => {
  const place = params.path ?? "";
  return tileAnswer(place, await readLogTile(ctx, { path: place }));
});
