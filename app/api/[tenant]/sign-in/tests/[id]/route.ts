import { readSignInTest } from "@/lib/tenancy";
import { tenantRoute } from "../../../tenant-route";

export const GET = tenantRoute("/sign-in/tests/{id}", ({ ctx, params }) => readSignInTest(ctx, params.id ?? ""));
