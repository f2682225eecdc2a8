import { readGrowthProof } from "@/lib/transparency";
import { growthQuerySchema } from "@/lib/transparency/contract";
import { bodyAs } from "../../../body-as";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/audit/consistency", ({ ctx, search }) =>
  readGrowthProof(ctx, bodyAs(growthQuerySchema, Object.fromEntries(search))),
);
