import { restoreRevision } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute(
  "/revisions/{number}/restore",
  ({ ctx, params }) => restoreRevision(ctx, { number: params.number ?? "" }),
  { status: 201 },
);
