import { stepUpPasskeyOptions } from "@/lib/tenancy";
import { personRoute } from "../../../person-route";

export const POST = personRoute("/api/me/step-up/passkey", ({ session }) => stepUpPasskeyOptions(session), {
  pending: true,
});
