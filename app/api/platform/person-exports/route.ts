import { exportPersonZip, personOfAddress } from "@/lib/privacy";
import { personAddressSchema } from "@/lib/privacy/contract";
import { parseInput } from "@/lib/tenancy";
import { platformRoute } from "../../platform-route";

// A write: that it was taken is in the log, and the address stands in no URL.
export const POST = platformRoute("/api/platform/person-exports", async ({ session, requestId, body }) => {
  const { email } = parseInput(personAddressSchema, await body());
  const by = { actor: session.personId, requestId };
  const { name, body: zip } = await exportPersonZip(await personOfAddress(email), by);
  return { name, zip: Buffer.from(zip).toString("base64") };
});
