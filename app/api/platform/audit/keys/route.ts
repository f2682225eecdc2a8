import { listSigningKeys, renewKeys } from "@/lib/transparency";
import { platformRoute } from "../../../platform-route";

export const GET = platformRoute("/api/platform/audit/keys", () => listSigningKeys());

export const POST = platformRoute("/api/platform/audit/keys", ({ operator }) => renewKeys(operator));
