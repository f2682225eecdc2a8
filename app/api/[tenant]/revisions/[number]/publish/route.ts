import { publishAgain } from "@/lib/publishing";
import { publishAgainSchema } from "@/lib/publishing/contract";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute(
  "/revisions/{number}/publish",
  ({ ctx, params, body }) =>
    publishAgain(ctx, { ...publishAgainSchema.parse(body), revision: Number(params.number ?? "") }),
  { status: 202 },
);
