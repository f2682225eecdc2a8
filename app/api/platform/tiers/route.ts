import { listTiers } from "@/lib/tenancy";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/tiers", () => listTiers());
