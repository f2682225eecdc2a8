import { withTenant } from "@/lib/database";
import type { TenantContext } from "@/lib/tenancy";
import { versionNow } from "./list-targets";
import { findTargets } from "./store";
import { profileForAll } from "./target-profile";

/** By what the tenant's configuration is judged: the oldest of its targets, or the newest known program without any. */
export async function targetProfileFor(ctx: TenantContext) {
  const stored = await withTenant(ctx.tenantId, findTargets);
  const known = await Promise.all(stored.map(versionNow));
  return profileForAll(known.map(({ version }) => version));
}
