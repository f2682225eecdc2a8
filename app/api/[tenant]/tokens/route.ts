import { createApiToken, listApiTokens } from "@/lib/tenancy";
import { createTokenInputSchema } from "@/lib/tenancy/tokens/contract";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/tokens", ({ ctx }) => listApiTokens(ctx, undefined));
export const POST = tenantRoute("/tokens", ({ ctx, body }) => createApiToken(ctx, createTokenInputSchema.parse(body)), {
  status: 201,
});
