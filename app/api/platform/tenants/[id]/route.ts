import { editTenant, tenantFacts } from "@/lib/tenancy";
import { editTenantSchema } from "@/lib/tenancy/tiers/contract";
import { bodyAs } from "../../../body-as";
import { platformRoute } from "../../../platform-route";

type Params = { id: string };
const ROUTE = "/api/platform/tenants/{id}";

export const GET = platformRoute<Params>(ROUTE, ({ operator, params }) => tenantFacts(operator, params.id));

export const PUT = platformRoute<Params>(ROUTE, async ({ operator, params, body, optionalVersion }) =>
  editTenant(operator, { ...bodyAs(editTenantSchema, await body()), tenantId: params.id }, optionalVersion()),
);
