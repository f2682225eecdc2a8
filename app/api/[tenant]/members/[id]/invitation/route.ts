import { resendInvitation } from "@/lib/tenancy";
import { resendInvitationInputSchema } from "@/lib/tenancy/contract";
import { tenantRoute } from "../../../tenant-route";

export const POST = tenantRoute("/members/{id}/invitation", ({ ctx, params: { id = "" }, body }) =>
  resendInvitation(ctx, { ...resendInvitationInputSchema.parse(body), personId: id }),
);
