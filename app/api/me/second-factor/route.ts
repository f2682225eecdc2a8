import { readSecondFactor } from "@/lib/tenancy";
import { personRoute } from "../../person-route";

export const GET = personRoute("/api/me/second-factor", ({ session }) => readSecondFactor(session), {
  settingUp: true,
});
