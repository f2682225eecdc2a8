import { type Transaction, withPlatform, withTenant } from "@/lib/database";
import { claimElsewhere } from "./claim-elsewhere";

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

interface Claimed {
  publication_id: string;
  publication_tenant_id: string;
  attempt: number;
}

/** The oldest publication that nobody works on, of any tenant. */
export async function claimPublication(worker: string, seconds: number): Promise<Lease | null> {
  const [row] = await withPlatform(
    (tx) => tx.$queryRaw<Claimed[]>`
      SELECT publication_id, publication_tenant_id, attempt FROM claim_publication(${worker}, ${seconds}::int)`,
  );
  const claimed = row ?? (await fromElsewhere(worker, seconds));
  if (!claimed) return null;
  const { publication_id: publicationId, publication_tenant_id: tenantId, attempt } = claimed;
  return { tenantId, publicationId, worker, seconds, attempt };
}

const fromElsewhere = claimElsewhere(500, claimOf);

async function claimOf(tenantId: string, worker: string, seconds: number): Promise<Claimed | undefined> {
  const [row] = await withTenant(
    tenantId,
    (tx) => tx.$queryRaw<Claimed[]>`
      UPDATE publications
      SET lease_owner = ${worker}, lease_until = now() + make_interval(secs => ${seconds}::int), attempts = attempts + 1
      WHERE tenant_id = ${tenantId}::uuid AND status IN ('requested', 'running') AND (lease_until IS NULL OR lease_until < now())
      RETURNING id AS publication_id, tenant_id AS publication_tenant_id, attempts AS attempt`,
  );
  return row;
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
