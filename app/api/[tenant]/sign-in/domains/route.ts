import { addSignInDomain } from "@/lib/tenancy";
import { tenantRoute } from "../../tenant-route";

export const POST = tenantRoute("/sign-in/domains", ({ ctx, body }) => addSignInDomain(ctx, body), { status: 201 });
