import { getRevision } from "@/lib/configuration";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/revisions/{number}", ({ ctx, params }) =>
  getRevision(ctx, { number: params.number ?? "" }),
);
