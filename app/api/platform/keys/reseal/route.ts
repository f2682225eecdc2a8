import { sealAgain } from "@/lib/operations";
import { platformRoute } from "../../../platform-route";

export const POST = platformRoute("/api/platform/keys/reseal", ({ operator }) => sealAgain(operator));
