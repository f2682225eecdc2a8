import { releaseReviewersOf, reviewsWithoutReviewers } from "@/lib/configuration";
import { tenantsElsewhere, withPlatform } from "@/lib/database";
import { PERMISSIONS } from "@/lib/tenancy/contract";

interface Lost {
  lost_change_id: string;
  lost_tenant_id: string;
}

/** Looks at all tenants once: whoever left is waited for no longer. */
export async function releaseWhoLeft(onError: (error: unknown) => void): Promise<void> {
  const reviewing = [...PERMISSIONS["changes:review"]];
  const shared = await withPlatform(
    (tx) => tx.$queryRaw<Lost[]>`
      SELECT lost_change_id, lost_tenant_id FROM reviews_without_reviewers(${reviewing}::text[])`,
  );
  for (const { lost_change_id: id, lost_tenant_id: tenantId } of shared) {
    // A tenant that is away keeps nobody else waiting.
    await releaseReviewersOf(tenantId, id).catch(onError);
  }
  for (const tenantId of await tenantsElsewhere()) {
    try {
      for (const id of await reviewsWithoutReviewers(tenantId)) await releaseReviewersOf(tenantId, id);
    } catch (error) {
      onError(error);
    }
  }
}

/** People are removed in many ways (by hand, SCIM, groups): who waits for them is found afterwards. Returns how to stop. */
export function watchReviewers(everyMs: number, onError: (error: unknown) => void): () => void {
  const timer = setInterval(() => void releaseWhoLeft(onError).catch(onError), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
