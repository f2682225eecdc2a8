import { beginTotp, confirmTotp } from "@/lib/tenancy";
import { personRoute } from "../../../person-route";

export const POST = personRoute("/api/me/second-factor/totp", ({ session }) => beginTotp(session), {
  settingUp: true,
});

export const PUT = personRoute(
  "/api/me/second-factor/totp",
  async ({ session, body, requestId }) => confirmTotp(session, await body(), requestId),
  { settingUp: true },
);
