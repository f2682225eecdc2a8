import { parseInput, resetFactors } from "@/lib/tenancy";
import { resetFactorsInputSchema } from "@/lib/tenancy/second-factor/contract";
import { platformRoute } from "../../platform-route";

export const POST = platformRoute("/api/platform/second-factor-resets", async ({ session, requestId, body }) => {
  const { email } = parseInput(resetFactorsInputSchema, await body());
  await resetFactors(email, { actor: session.personId, requestId });
});
