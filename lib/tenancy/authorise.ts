import { AppError } from "@/lib/errors";
import { recordRefusal } from "./audit/refusals";
import type { TenantContext } from "./context";
import { can, type Permission } from "./contract";

/** Throws `forbidden`, and leaves a record of who tried what. A token may do what both its scopes and the role include. */
export async function authorise(ctx: TenantContext, permission: Permission, name: string): Promise<void> {
  const allowed = can(ctx.role, permission);
  if (allowed && (!ctx.token || ctx.token.scopes.includes(permission))) return;
  await recordRefusal(ctx, permission, name);
  const why = allowed
    ? `The scopes of this token do not include ${permission}. Make another one for it.`
    : `Your role (${ctx.role}) does not include this. An admin of the tenant can change it.`;
  throw new AppError("forbidden", why, { permission });
}
