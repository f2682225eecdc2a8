import { type Transaction, withDirectory } from "@/lib/database";
import type { TenantContext } from "../context";
import { type Grants, grantsSchema } from "./contract";

/** What the actor is limited to; `null`: nothing beyond the role. Asked each time: a limit counts from the moment it is set. */
export async function grantsOf(
  directory: Transaction,
  { tenantId, actor, role }: TenantContext,
): Promise<Grants | null> {
  if (actor.type !== "person" || role === "admin") return null;
  const row = await directory.membership.findUnique({
    where: { tenantId_personId: { tenantId, personId: actor.id } },
    select: { grants: true },
  });
  return row?.grants == null ? null : grantsSchema.parse(row.grants);
}

/** The same for pages, which hide what would be refused. */
export async function ownGrants(ctx: TenantContext): Promise<Grants | null> {
  if (ctx.role === "admin" || ctx.role === "viewer") return null;
  return withDirectory(ctx.tenantId, (tx) => grantsOf(tx, ctx));
}
