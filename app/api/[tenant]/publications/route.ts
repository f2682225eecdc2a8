import { listPublications } from "@/lib/publishing";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/publications", ({ ctx }) => listPublications(ctx));
