import { rewrapKeys } from "@/lib/operations";
import { platformRoute } from "../../../platform-route";

export const POST = platformRoute("/api/platform/keys/rewrap", ({ operator }) => rewrapKeys(operator));
