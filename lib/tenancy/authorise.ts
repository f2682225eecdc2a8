import { randomUUID } from "node:crypto";
import { append } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { authorOf, type TenantContext } from "./context";
import { can, type Permission } from "./contract";

/** Throws `forbidden`, and leaves a record of who tried what. */
export async function authorise(ctx: TenantContext, permission: Permission, name: string): Promise<void> {
  if (can(ctx.role, permission)) return;
  const data = { name, permission, role: ctx.role };
  await withTenant(ctx.tenantId, (tx) =>
    append(tx, authorOf(ctx), { type: "refusal", id: randomUUID() }, 0, [{ type: "Refused", data }], new Date()),
  );
  throw new AppError(
    "forbidden",
    `Your role (${ctx.role}) does not include this. An admin of the tenant can change it.`,
    {
      permission,
    },
  );
}
