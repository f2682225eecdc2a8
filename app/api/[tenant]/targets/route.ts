import { listTargets } from "@/lib/targets";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/targets", ({ ctx }) => listTargets(ctx));
