import { editTier } from "@/lib/tenancy";
import { editTierSchema } from "@/lib/tenancy/tiers/contract";
import { bodyAs } from "../../../body-as";
import { platformRoute } from "../../../platform-route";

export const PUT = platformRoute<{ name: string }>(
  "/api/platform/tiers/{name}",
  async ({ operator, params, body, optionalVersion }) =>
    editTier(operator, { ...bodyAs(editTierSchema, await body()), name: params.name }, optionalVersion()),
);
