import { createTarget, listAllTargets } from "@/lib/targets";
import { createTargetSchema } from "@/lib/targets/contract";
import { parseInput } from "@/lib/tenancy";
import { platformRoute } from "../../platform-route";

const ROUTE = "/api/platform/targets";

export const GET = platformRoute(ROUTE, () => listAllTargets());

export const POST = platformRoute(ROUTE, async ({ session, requestId, body }) => {
  const target = parseInput(createTargetSchema, await body());
  return Response.json(await createTarget({ id: session.personId, requestId }, target), { status: 201 });
});
