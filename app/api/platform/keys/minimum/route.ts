import { listKeys, raiseMinimumKey } from "@/lib/operations";
import { raiseMinimumSchema } from "@/lib/secrets/contract";
import { bodyAs } from "../../../body-as";
import { platformRoute } from "../../../platform-route";

export const PUT = platformRoute("/api/platform/keys/minimum", async ({ operator, body }) => {
  await raiseMinimumKey(operator, bodyAs(raiseMinimumSchema, await body()).version);
  return listKeys();
});
