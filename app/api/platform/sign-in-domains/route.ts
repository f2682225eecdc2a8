import { allSignInDomains, confirmSignInDomain, operatorContext, parseInput } from "@/lib/tenancy";
import { confirmDomainInputSchema } from "@/lib/tenancy/sign-in/contract";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/sign-in-domains", () => allSignInDomains());

export const POST = platformRoute("/api/platform/sign-in-domains", async ({ session, body }) => {
  const { tenantId, domain } = parseInput(confirmDomainInputSchema, await body());
  await confirmSignInDomain(await operatorContext(session, tenantId), domain);
  return allSignInDomains();
});
