import { revokeApiToken } from "@/lib/tenancy";
import { tenantRoute } from "../../tenant-route";

export const DELETE = tenantRoute("/tokens/{id}", ({ ctx, params: { id = "" } }) => revokeApiToken(ctx, { id }));
