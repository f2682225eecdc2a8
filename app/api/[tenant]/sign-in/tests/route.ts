import { startSignInTest } from "@/lib/tenancy";
import { tenantRoute } from "../../tenant-route";

export const POST = tenantRoute("/sign-in/tests", ({ ctx, body }) => startSignInTest(ctx, body), { status: 201 });
