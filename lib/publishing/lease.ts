import { type Transaction, withPlatform, withTenant } from "@/lib/database";

/** Another worker may have this publication now: stop at once, without another act. */
export class LeaseLost extends Error {}

export interface Lease {
  tenantId: string;
  publicationId: string;
  worker: string;
  seconds: number;
  /** 1 for its first worker. */
  attempt: number;
}

/** The oldest publication that nobody works on, of any tenant. */
export async function claimPublication(worker: string, seconds: number): Promise<Lease | null> {
  const [row] = await withPlatform(
    (tx) => tx.$queryRaw<{ publication_id: string; publication_tenant_id: string; attempt: number }[]>`
      SELECT publication_id, publication_tenant_id, attempt FROM claim_publication(${worker}, ${seconds}::int)`,
  );
  if (!row) return null;
  const { publication_id: publicationId, publication_tenant_id: tenantId, attempt } = row;
  return { tenantId, publicationId, worker, seconds, attempt };
}

/** Runs `work` in a transaction that only commits while we hold the lease, which it renews. */
export function underLease<T>(lease: Lease, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return withTenant(lease.tenantId, async (tx) => {
    const held = await tx.$executeRaw`
      UPDATE publications SET status = 'running', lease_until = now() + make_interval(secs => ${lease.seconds}::int)
      WHERE id = ${lease.publicationId}::uuid AND lease_owner = ${lease.worker} AND status IN ('requested', 'running')`;
    if (held !== 1) throw new LeaseLost(lease.publicationId);
    return work(tx);
  });
}
