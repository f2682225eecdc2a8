import { readLogTile } from "@/lib/transparency";
import { tileAnswer } from "../../../../checkpoint-answer";
import { witnessRoute } from "../../../../witness-route";

export const GET = witnessRoute("/api/platform/audit/tile/{path}", async ({ ctx, place }) =>
  tileAnswer(place, await readLogTile(ctx, { path: place })),
);
