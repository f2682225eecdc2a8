import { erasePersonOf, listErasures } from "@/lib/privacy";
import { personAddressSchema } from "@/lib/privacy/contract";
import { parseInput } from "@/lib/tenancy";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/erasures", () => listErasures());

export const POST = platformRoute("/api/platform/erasures", async ({ session, requestId, body }) => {
  const { email } = parseInput(personAddressSchema, await body());
  return erasePersonOf(email, { actor: session.personId, requestId });
});
