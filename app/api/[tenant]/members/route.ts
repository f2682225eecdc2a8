import { inviteMember, listMembers } from "@/lib/tenancy";
import { inviteMemberInputSchema } from "@/lib/tenancy/contract";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/members", ({ ctx }) => listMembers(ctx, undefined));

export const POST = tenantRoute("/members", ({ ctx, body }) => inviteMember(ctx, inviteMemberInputSchema.parse(body)), {
  status: 201,
});
