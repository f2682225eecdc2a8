import { verifySignInDomain } from "@/lib/tenancy";
import { tenantRoute } from "../../../../tenant-route";

export const POST = tenantRoute("/sign-in/domains/{domain}/verify", ({ ctx, params }) =>
  verifySignInDomain(ctx, params.domain ?? ""),
);
