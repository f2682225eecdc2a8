import { listChanges, openChange } from "@/lib/configuration";
import { openChangeInputSchema } from "@/lib/configuration/contract";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/changes", ({ ctx }) => listChanges(ctx, {}));
export const POST = tenantRoute("/changes", ({ ctx, body }) => openChange(ctx, openChangeInputSchema.parse(body)), {
  status: 201,
});
