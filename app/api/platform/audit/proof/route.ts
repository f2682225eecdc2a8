import { installationContext } from "@/lib/tenancy";
import { readEventProof } from "@/lib/transparency";
import { proofQuerySchema } from "@/lib/transparency/contract";
import { bodyAs } from "../../../body-as";
import { platformRoute } from "../../../platform-route";

export const GET = platformRoute("/api/platform/audit/proof", ({ operator, url }) =>
  readEventProof(installationContext(operator), bodyAs(proofQuerySchema, Object.fromEntries(url.searchParams))),
);
