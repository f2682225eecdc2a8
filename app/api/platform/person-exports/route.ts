import { exportPersonZip, personOfAddress } from "@/lib/privacy";
import { personAddressSchema } from "@/lib/privacy/contract";
import { parseInput } from "@/lib/tenancy";
import { platformRoute } from "../../platform-route";
import { zipDownload } from "../../zip-download";

export const POST = platformRoute("/api/platform/person-exports", async ({ session, requestId, body }) => {
  const { email } = parseInput(personAddressSchema, await body());
  return zipDownload(await exportPersonZip(await personOfAddress(email), { actor: session.personId, requestId }));
});
