import { authProviderId, limitSignIn, parseInput, providerOfAddress } from "@/lib/tenancy";
import { whereToInputSchema } from "@/lib/tenancy/sign-in/contract";
import { respond } from "../../problem";
import { readJson } from "../../read-body";

/** Which service answers for an address, by its domain alone. */
export function POST(request: Request): Promise<Response> {
  return respond(request, "/api/auth/where-to", async () => {
    limitSignIn(request.headers);
    const { email } = parseInput(whereToInputSchema, await readJson(request));
    const found = await providerOfAddress(email);
    return { provider: found && { id: authProviderId(found.id), name: found.name } };
  });
}
