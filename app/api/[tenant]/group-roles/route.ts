import { readGroupRoles, setGroupRoles } from "@/lib/tenancy";
import { groupRolesSchema } from "@/lib/tenancy/groups/contract";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/group-roles", ({ ctx }) => readGroupRoles(ctx, undefined));

export const PUT = tenantRoute("/group-roles", ({ ctx, body }) => setGroupRoles(ctx, groupRolesSchema.parse(body)));
