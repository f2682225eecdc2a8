import type { Author } from "@/lib/audit";
import { withDirectory } from "@/lib/database";
import { AppError } from "@/lib/errors";
import type { Role } from "./contract";

/** Who acts, where, and as what. Everything inside a tenant takes one. */
export interface TenantContext {
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
  /** A service is a token that belongs to the tenant and to nobody. */
  actor: { type: "person" | "service" | "system"; id: string };
  role: Role;
  requestId: string;
  /** They came in past the single sign-on that the tenant enforces, as an admin named for emergencies. */
  breakGlass?: true;
  /** The browser's session, of a person who signed in. `asked`: they have a second factor, or the tenant demands one. */
  session?: { id: string; factors: readonly string[]; steppedUpAt: Date; asked: boolean };
  /** A program asks, with a token: it may do what both the role and these scopes include. */
  token?: { id: string; scopes: readonly string[] };
}

/** What happens above all tenants (failed sign-ins, tenants made) is a log of its own, under an id that no tenant has. */
export const PLATFORM_LOG = "00000000-0000-0000-0000-000000000000";

export const SYSTEM = { type: "system", id: "system" } as const;

export function authorOf(ctx: Pick<TenantContext, "tenantId" | "actor" | "requestId">): Author {
  return { tenantId: ctx.tenantId, actor: ctx.actor.id, requestId: ctx.requestId };
}

/** For background work of one tenant: may do everything there and nothing elsewhere. */
export async function systemContext(tenantId: string, requestId = "background"): Promise<TenantContext> {
  const tenant = await withDirectory(tenantId, (tx) => tx.tenant.findUnique({ where: { id: tenantId } }));
  if (!tenant) throw new AppError("not_found", "There is no such tenant.");
  return { tenantId, tenantSlug: tenant.slug, tenantName: tenant.name, actor: SYSTEM, role: "admin", requestId };
}
