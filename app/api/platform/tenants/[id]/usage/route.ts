import { usageOf } from "@/lib/operations";
import { operatorIn } from "@/lib/tenancy";
import { platformRoute } from "../../../../platform-route";

export const GET = platformRoute<{ id: string }>("/api/platform/tenants/{id}/usage", async ({ operator, params }) =>
  usageOf(await operatorIn(operator, params.id)),
);
