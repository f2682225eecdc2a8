import { listNotices } from "@/lib/notices";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/notices", ({ ctx }) => listNotices(ctx, {}));
