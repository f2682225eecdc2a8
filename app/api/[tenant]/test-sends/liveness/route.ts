import { checkSecrets, readChecks } from "@/lib/test-sends";
import { livenessInputSchema, livenessQuerySchema } from "@/lib/test-sends/contract";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/test-sends/liveness", ({ ctx, search }) => {
  const { changeId = null, receiverId } = livenessQuerySchema.parse(Object.fromEntries(search));
  return readChecks(ctx, { changeId, receiverId });
});

export const POST = tenantRoute("/test-sends/liveness", ({ ctx, body }) =>
  checkSecrets(ctx, livenessInputSchema.parse(body)),
);
