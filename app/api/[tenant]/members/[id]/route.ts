import { changeRole, removeMember } from "@/lib/tenancy";
import { changeRoleInputSchema } from "@/lib/tenancy/contract";
import { tenantRoute } from "../../tenant-route";

export const PUT = tenantRoute("/members/{id}", ({ ctx, params: { id = "" }, body }) =>
  changeRole(ctx, { ...changeRoleInputSchema.parse(body), personId: id }),
);

export const DELETE = tenantRoute("/members/{id}", ({ ctx, params: { id = "" } }) =>
  removeMember(ctx, { personId: id }),
);
