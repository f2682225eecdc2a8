import { setPassword } from "@/lib/tenancy";
import { personRoute } from "../../person-route";

export const PUT = personRoute("/api/me/password", async ({ session, body, requestId }) =>
  setPassword(session, await body(), requestId),
);
