import { injectMatchers } from "@/lib/targets";
import { injectMatchersSchema } from "@/lib/targets/contract";
import { parseInput } from "@/lib/tenancy";
import { platformRoute } from "../../../../platform-route";

export const PUT = platformRoute<{ id: string }>(
  "/api/platform/targets/{id}/injected-matchers",
  async ({ session, requestId, params, body }) =>
    injectMatchers({ id: session.personId, requestId }, params.id, parseInput(injectMatchersSchema, await body())),
);
