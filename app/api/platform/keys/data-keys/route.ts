import { listKeys, rotateDataKey, tendKeysSoon } from "@/lib/operations";
import { rotateDataKeySchema } from "@/lib/secrets/contract";
import { bodyAs } from "../../../body-as";
import { platformRoute } from "../../../platform-route";

export const POST = platformRoute("/api/platform/keys/data-keys", async ({ operator, body }) => {
  await rotateDataKey(operator, bodyAs(rotateDataKeySchema, await body()).tenantId);
  tendKeysSoon();
  return listKeys();
});
