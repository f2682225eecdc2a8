import { readEventProof } from "@/lib/transparency";
import { proofQuerySchema } from "@/lib/transparency/contract";
import { bodyAs } from "../../../body-as";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/audit/proof", ({ ctx, search }) =>
  readEventProof(ctx, bodyAs(proofQuerySchema, Object.fromEntries(search))),
);
