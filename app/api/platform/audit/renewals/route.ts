import { readRenewals } from "@/lib/transparency";
import { witnessRoute } from "../../../witness-route";

export const GET = witnessRoute("/api/platform/audit/renewals", ({ ctx }) => readRenewals(ctx, {}));
