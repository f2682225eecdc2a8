import { listRevisions } from "@/lib/configuration";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/revisions", ({ ctx }) => listRevisions(ctx, {}));
