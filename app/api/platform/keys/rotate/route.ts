import { listKeys, rotateKeys, tendKeysSoon } from "@/lib/operations";
import { platformRoute } from "../../../platform-route";

export const POST = platformRoute("/api/platform/keys/rotate", async ({ operator }) => {
  await rotateKeys(operator);
  tendKeysSoon();
  return listKeys();
});
