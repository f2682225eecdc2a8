import { createTenant, findTenants } from "@/lib/tenancy";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/tenants", ({ url }) => {
  const { ids, ...search } = Object.fromEntries(url.searchParams);
  return findTenants({ ...search, ...(ids ? { ids: ids.split(",") } : {}) });
});

export const POST = platformRoute("/api/platform/tenants", async ({ session, requestId, body }) => {
  const tenant = await createTenant({ personId: session.personId, requestId }, await body());
  return Response.json(tenant, { status: 201 });
});
