import { readJson, respond } from "@/app/api/problem";
import { createTarget, listAllTargets } from "@/lib/targets";
import { createTargetSchema } from "@/lib/targets/contract";
import { parseInput, resolveOperator } from "@/lib/tenancy";

const ROUTE = "/api/platform/targets";

export function GET(request: Request): Promise<Response> {
  return respond(request, ROUTE, async () => {
    await resolveOperator();
    return listAllTargets();
  });
}

export function POST(request: Request): Promise<Response> {
  return respond(request, ROUTE, async (requestId) => {
    const { personId } = await resolveOperator();
    const target = parseInput(createTargetSchema, await readJson(request));
    return Response.json(await createTarget({ id: personId, requestId }, target), { status: 201 });
  });
}
