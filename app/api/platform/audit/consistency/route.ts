import { readGrowthProof } from "@/lib/transparency";
import { growthQuerySchema } from "@/lib/transparency/contract";
import { bodyAs } from "../../../body-as";
import { witnessRoute } from "../../../witness-route";

export const GET = witnessRoute("/api/platform/audit/consistency", ({ ctx, url }) =>
  readGrowthProof(ctx, bodyAs(growthQuerySchema, Object.fromEntries(url.searchParams))),
);
