import { verifyAllKeys } from "@/lib/operations";
import { platformRoute } from "../../../platform-route";

export const POST = platformRoute("/api/platform/keys/verify", ({ operator }) => verifyAllKeys(operator));
