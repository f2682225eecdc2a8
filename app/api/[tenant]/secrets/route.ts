import { sealSecret } from "@/lib/configuration";
import { sealSecretInputSchema } from "@/lib/configuration/contract";
import { tenantRoute } from "../tenant-route";

export const POST = tenantRoute("/secrets", ({ ctx, body }) => sealSecret(ctx, sealSecretInputSchema.parse(body)), {
  status: 201,
});
