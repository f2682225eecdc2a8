import { readLive } from "@/lib/targets";
import { tenantRoute } from "../../../tenant-route";

export const GET = tenantRoute("/targets/{id}/live", ({ ctx, params }) => readLive(ctx, params.id ?? ""));
