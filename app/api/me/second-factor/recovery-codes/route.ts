import { renewRecoveryCodes } from "@/lib/tenancy";
import { personRoute } from "../../../person-route";

export const POST = personRoute("/api/me/second-factor/recovery-codes", ({ session, requestId }) =>
  renewRecoveryCodes(session, requestId),
);
