import { installationContext, readAudit } from "@/lib/tenancy";
import { platformRoute } from "../../platform-route";

export const GET = platformRoute("/api/platform/audit", ({ operator, url }) =>
  readAudit(installationContext(operator), Object.fromEntries(url.searchParams)),
);
