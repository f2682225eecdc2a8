import { listDefaultTemplates } from "@/lib/targets";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/default-templates", () => listDefaultTemplates());
