import { eraseOwnAccount } from "@/lib/privacy";
import { personRoute } from "../../person-route";

export const POST = personRoute("/api/me/erasure", async ({ session, requestId, body }) =>
  eraseOwnAccount(session, await body(), requestId),
);
