import type { Transaction } from "@/lib/database";
import { planOf } from "@/lib/tenancy";
import { CLOSED } from "./count-usage";

/**
 * Gives up the content of the oldest revisions beyond what the tenant's tier keeps. What is live, what is not published yet
 * and what an open change began from stay, whatever the number; so do the log and each revision's digest.
 */
export async function pruneRevisions(tx: Transaction, tenantId: string, now: Date): Promise<number> {
  const { revisions: keep } = (await planOf(tenantId)).quotas;
  if (keep === null) return 0;
  return tx.$executeRaw`
    UPDATE revisions SET document = NULL, pruned_at = ${now}
    WHERE tenant_id = ${tenantId}::uuid AND document IS NOT NULL AND published_at IS NOT NULL
      AND number IN (
        SELECT number FROM revisions WHERE tenant_id = ${tenantId}::uuid AND document IS NOT NULL
        ORDER BY number DESC OFFSET ${keep}::integer
      )
      AND number <> (
        SELECT number FROM revisions WHERE tenant_id = ${tenantId}::uuid AND published_at IS NOT NULL
        ORDER BY published_at DESC, number DESC LIMIT 1
      )
      AND NOT EXISTS (
        SELECT FROM changes c
        WHERE c.tenant_id = ${tenantId}::uuid AND c.base_revision = revisions.number AND c.status <> ALL (${CLOSED}::text[])
      )`;
}
