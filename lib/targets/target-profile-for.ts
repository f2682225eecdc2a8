import type { TargetProfile } from "@/lib/alertmanager";
import { withTenant } from "@/lib/database";
import type { TenantContext } from "@/lib/tenancy";
import { versionNow } from "./list-targets";
import { findTargets } from "./store";
import { profileForAll, profilesForAll } from "./target-profile";

async function judgingOf({ tenantId }: TenantContext) {
  const stored = await withTenant(tenantId, findTargets);
  return Promise.all(
    stored.map(async (target) => {
      const { version } = await versionNow(target);
      return { version, injectedMatchers: target.injectedMatchers };
    }),
  );
}

/** The profile of the oldest of the tenant's targets, or of the newest known program without any. */
export async function targetProfileFor(ctx: TenantContext): Promise<TargetProfile> {
  return profileForAll(await judgingOf(ctx));
}

/**
 * Every profile that the tenant's configuration is judged by, the oldest first. An older target knows less, but a newer
 * one may refuse, or die of, what an older one takes: only what passes all of them passes.
 */
export async function targetProfilesFor(ctx: TenantContext): Promise<readonly TargetProfile[]> {
  return profilesForAll(await judgingOf(ctx));
}
