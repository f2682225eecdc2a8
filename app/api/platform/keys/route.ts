import { listKeys } from "@/lib/operations";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/keys", () => listKeys());
