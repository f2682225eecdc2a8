import { limitSignIn, passkeySignInOptions } from "@/lib/tenancy";
import { respond } from "../../problem";

/** What a browser needs to sign in with a passkey alone; it says nothing of anybody. */
export function POST(request: Request): Promise<Response> {
  return respond(request, "/api/auth/passkey-options", async () => {
    limitSignIn(request.headers);
    return passkeySignInOptions();
  });
}
