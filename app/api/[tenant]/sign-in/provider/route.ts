import { removeSignInProvider, setSignInProvider } from "@/lib/tenancy";
import { tenantRoute } from "../../tenant-route";

export const PUT = tenantRoute("/sign-in/provider", ({ ctx, body }) => setSignInProvider(ctx, body));

export const DELETE = tenantRoute("/sign-in/provider", ({ ctx }) => removeSignInProvider(ctx));
