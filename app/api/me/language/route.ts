import { setLanguage } from "@/lib/tenancy";
import { personRoute } from "../../person-route";

export const PUT = personRoute("/api/me/language", async ({ session, body }) => setLanguage(session, await body()), {
  anySession: true,
  settingUp: true,
});
