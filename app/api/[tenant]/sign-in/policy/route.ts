import { setSignInPolicy } from "@/lib/tenancy";
import { tenantRoute } from "../../tenant-route";

export const PUT = tenantRoute("/sign-in/policy", ({ ctx, body }) => setSignInPolicy(ctx, body));
