import { AppError } from "@/lib/errors";
import type { TenantContext } from "./context";
import { grantMembership } from "./members";
import { recordOnPlatform } from "./platform-log";

/** What a sign-in service gives, as far as the tenant has room: whoever does not fit still signs in to their other tenants. */
export async function grantWithinQuota(
  ctx: TenantContext,
  grant: Parameters<typeof grantMembership>[1],
): Promise<void> {
  try {
    await grantMembership(ctx, grant);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "quota_exceeded") throw error;
    const { limit } = error.details;
    await recordOnPlatform(
      "MembershipRefused",
      { tenant: ctx.tenantId, person: grant.personId, limit },
      { actor: ctx.actor.id, requestId: ctx.requestId },
    );
  }
}
