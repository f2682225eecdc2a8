import { setTokenPolicy } from "@/lib/tenancy";
import { tokenPolicySchema } from "@/lib/tenancy/tokens/contract";
import { tenantRoute } from "../../tenant-route";

export const PUT = tenantRoute("/tokens/policy", ({ ctx, body }) => setTokenPolicy(ctx, tokenPolicySchema.parse(body)));
