import { resolvePerson, startSignInTest } from "@/lib/tenancy";
import { tenantRoute } from "../../tenant-route";

export const POST = tenantRoute(
  "/sign-in/tests",
  async ({ ctx, body }) => startSignInTest(ctx, await resolvePerson(), body),
  { status: 201 },
);
