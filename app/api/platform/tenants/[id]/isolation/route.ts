import { readIsolation, requestMove } from "@/lib/tenancy";
import { requestMoveSchema } from "@/lib/tenancy/isolation/contract";
import { bodyAs } from "../../../../body-as";
import { platformRoute } from "../../../../platform-route";

type Params = { id: string };
const ROUTE = "/api/platform/tenants/{id}/isolation";

export const GET = platformRoute<Params>(ROUTE, ({ operator, params }) =>
  readIsolation(operator, { tenantId: params.id }),
);

export const POST = platformRoute<Params>(ROUTE, async ({ operator, params, body }) =>
  requestMove(operator, { ...bodyAs(requestMoveSchema, await body()), tenantId: params.id }),
);
