import { removeSignInDomain } from "@/lib/tenancy";
import { tenantRoute } from "../../../tenant-route";

export const DELETE = tenantRoute("/sign-in/domains/{domain}", ({ ctx, params }) =>
  removeSignInDomain(ctx, params.domain ?? ""),
);
