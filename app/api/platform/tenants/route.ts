import { allTenants, createTenant } from "@/lib/tenancy";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/tenants", () => allTenants());

export const POST = platformRoute("/api/platform/tenants", async ({ session, requestId, body }) => {
  const tenant = await createTenant({ personId: session.personId, requestId }, await body());
  return Response.json(tenant, { status: 201 });
});
