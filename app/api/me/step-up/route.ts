import { stepUp, stepUpMethods } from "@/lib/tenancy";
import { personRoute } from "../../person-route";

export const GET = personRoute("/api/me/step-up", ({ session }) => stepUpMethods(session), { pending: true });

export const POST = personRoute(
  "/api/me/step-up",
  async ({ session, body, address, requestId }) => stepUp(session, await body(), { address, requestId }),
  { pending: true },
);
