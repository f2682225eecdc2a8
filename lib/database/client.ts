import { PrismaPg } from "@prisma/adapter-pg";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type Prisma, PrismaClient } from "./generated/client";

export type Transaction = Prisma.TransactionClient;

export interface TransactionOptions {
  /** How long the whole transaction may take, in ms. */
  timeout?: number;
  isolation?: "ReadCommitted" | "RepeatableRead" | "Serializable";
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

// On globalThis because the development server evaluates this module again on each change, and each client has a pool.
const kept = globalThis as typeof globalThis & { signalboxDatabase?: { url: string; client: PrismaClient } };

function client(): PrismaClient {
  const { DATABASE_URL: url, DATABASE_POOL: max } = env();
  if (!url) throw new AppError("not_ready", "DATABASE_URL is not set. `signalbox start` sets it.");
  if (kept.signalboxDatabase?.url !== url) {
    const adapter = new PrismaPg({ connectionString: url, max, connectionTimeoutMillis: 5_000 });
    kept.signalboxDatabase = { url, client: new PrismaClient({ adapter }) };
  }
  return kept.signalboxDatabase.client;
}

function transaction<T>(
  tenantId: string | null,
  work: (tx: Transaction) => Promise<T>,
  { timeout = 15_000, isolation }: TransactionOptions = {},
): Promise<T> {
  return client().$transaction(
    async (tx) => {
      // Local to the transaction: a pooled connection never carries one tenant's id into the next request.
      if (tenantId) await tx.$queryRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
      return work(tx);
    },
    // Left out it is PostgreSQL's own, read committed, and one round trip less.
    { timeout, maxWait: 10_000, ...(isolation ? { isolationLevel: isolation } : {}) },
  );
}

/** Runs `work` in one transaction that sees and writes the rows of this tenant only; PostgreSQL enforces it. */
export async function withTenant<T>(
  tenantId: string,
  work: (tx: Transaction) => Promise<T>,
  options?: TransactionOptions,
): Promise<T> {
  if (!UUID.test(tenantId)) throw new AppError("not_found", "There is no such tenant.");
  return transaction(tenantId, work, options);
}

/** Runs `work` in one transaction without a tenant: tables that belong to none, and functions that may look across. */
export function withPlatform<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T> {
  return transaction(null, work, options);
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
}
