import { addPasskey, beginPasskey } from "@/lib/tenancy";
import { personRoute } from "../../../person-route";

export const POST = personRoute("/api/me/second-factor/passkeys", ({ session }) => beginPasskey(session), {
  settingUp: true,
});

export const PUT = personRoute(
  "/api/me/second-factor/passkeys",
  async ({ session, body, requestId }) => addPasskey(session, await body(), requestId),
  { settingUp: true },
);
