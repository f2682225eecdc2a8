import { getLive } from "@/lib/configuration";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/live", ({ ctx }) => getLive(ctx, {}));
