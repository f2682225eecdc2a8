import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type FairShare, failpoint, fairShare } from "@/lib/resilience";
import { UnqualifiedPg } from "./adapter";
import { connectionTo } from "./connection";
import { Prisma, PrismaClient } from "./generated/client";
import { besideDirectory, directoryModels } from "./places/directory";
import { closeTenantClients, withTenantClient } from "./places/tenant-clients";

export type Transaction = Prisma.TransactionClient;

export interface TransactionOptions {
  /** How long the whole transaction may take, in ms. */
  timeout?: number;
  isolation?: "ReadCommitted" | "RepeatableRead" | "Serializable";
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// On globalThis because the development server evaluates this module again on each change, and each client has a pool.
const kept = globalThis as typeof globalThis & { signalboxDatabase?: { url: string; client: PrismaClient } };

const keptShare = globalThis as typeof globalThis & { signalboxTenantShare?: FairShare };

function client(): PrismaClient {
  const { DATABASE_URL: url, DATABASE_POOL: max } = env();
  if (!url) throw new AppError("not_ready", "DATABASE_URL is not set. `signalbox start` sets it.");
  if (kept.signalboxDatabase?.url !== url) {
    const adapter = new UnqualifiedPg({ ...connectionTo(url), max, connectionTimeoutMillis: 5_000 });
    kept.signalboxDatabase = { url, client: new PrismaClient({ adapter }) };
  }
  return kept.signalboxDatabase.client;
}

function transaction<T>(
  on: PrismaClient,
  work: (tx: Transaction) => Promise<T>,
  { timeout = 15_000, isolation }: TransactionOptions = {},
): Promise<T> {
  // Left out the isolation is PostgreSQL's own, read committed, and one round trip less.
  return on.$transaction(work, { timeout, maxWait: 10_000, ...(isolation ? { isolationLevel: isolation } : {}) });
}

/** Of ten connections one tenant holds seven at most: who asks much waits for themselves, and the others find one. */
const SHARE = 0.7;

function inShare<T>(tenantId: string, work: () => Promise<T>): Promise<T> {
  keptShare.signalboxTenantShare ??= fairShare();
  return keptShare.signalboxTenantShare.run(tenantId, Math.max(1, Math.floor(env().DATABASE_POOL * SHARE)), work);
}

interface Place {
  place_database: string | null;
}

// The tenant's id is local to the transaction: a pooled connection never carries it into the next request.
async function enter(tx: Transaction, tenantId: string): Promise<Place> {
  const [place] = await tx.$queryRaw<Place[]>`
    SELECT place_database FROM enter_tenant(${tenantId}::uuid)`;
  return place ?? { place_database: null };
}

/**
 * Runs `work` in one transaction that sees and writes the rows of this tenant only; PostgreSQL enforces it. Where the tenant has
 * a database of its own, the transaction there ends first, and the one on the directory after it.
 */
export async function withTenant<T>(
  tenantId: string,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  if (!UUID.test(tenantId)) throw new AppError("not_found", "There is no such tenant.");
  for (let tries = 1; ; tries++) {
    let entered = false;
    try {
      return await inShare(tenantId, () =>
        transaction(
          client(),
          async (tx) => {
            const { place_database: database } = await enter(tx, tenantId);
            entered = true;
            if (database === null) return work(tx);
            const result = await inOwnDatabase(tenantId, { database, directory: tx }, work, options);
            failpoint("directory.commit");
            return result;
          },
          options,
        ),
      );
    } catch (error) {
      // The tenant moved between the snapshot and the lock.
      if (entered || tries === 5 || !isConflict(error)) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError && (error.code === "P2034" || /40001/.test(error.message))
  );
}

function inOwnDatabase<T>(
  tenantId: string,
  { database, directory }: { database: string; directory: Transaction },
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  return withTenantClient(env().DATABASE_URL ?? "", database, (own) =>
    transaction(
      own,
      async (tx) => {
        await enter(tx, tenantId);
        // Still there, and with it the tenant's lock on the main database, now that the one here is held too.
        await directory.$queryRaw`SELECT 1 AS alive`;
        return work(besideDirectory(tx, directory, directoryModels(own)));
      },
      options,
    ),
  );
}

/** The same for what the main database keeps of a tenant, wherever the tenant's data are. */
export async function withDirectory<T>(
  tenantId: string,
  work: (tx: Transaction) => Promise<T>,
  options?: TransactionOptions,
): Promise<T> {
  if (!UUID.test(tenantId)) throw new AppError("not_found", "There is no such tenant.");
  return transaction(
    client(),
    async (tx) => {
      await tx.$queryRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
      return work(tx);
    },
    options,
  );
}

/** Runs `work` in one transaction without a tenant: tables that belong to none, and functions that may look across. */
export function withPlatform<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
  return transaction(client(), work, options);
}

/** For statements that stand alone and belong to no tenant: no transaction around them. */
export function onPlatform<T>(work: (client: Transaction) => Promise<T>): Promise<T> {
  return work(client());
}

/** Throws unless the database answers and the role is one that row-level security binds. */
export async function checkDatabase(): Promise<void> {
  const [role] = await client().$queryRaw<{ bypass: boolean }[]>`
    SELECT rolsuper OR rolbypassrls AS bypass FROM pg_roles WHERE rolname = current_user`;
  if (!role) throw new AppError("not_ready", "The database did not answer.");
  if (role.bypass) {
    throw new AppError("not_ready", "DATABASE_URL names a role that bypasses row-level security. Use signalbox_app.");
  }
}

export async function disconnectDatabase(): Promise<void> {
  const open = kept.signalboxDatabase;
  kept.signalboxDatabase = undefined;
  await open?.client.$disconnect();
  await closeTenantClients();
}
