import { UnqualifiedPg } from "../adapter";
import { connectionTo } from "../connection";
import { PrismaClient } from "../generated/client";

const MOST_OPEN = 20;
const CONNECTIONS = 4;
const IDLE_MS = 10_000;

interface Open {
  client: PrismaClient;
  users: number;
}

// On globalThis because the development server evaluates this module again on each change, and each client has a pool.
const kept = globalThis as typeof globalThis & { signalboxTenantDatabases?: Map<string, Open> };

export function onDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** Runs `work` with the client of a tenant's own database; those that nobody used for longest are closed. */
export async function withTenantClient<T>(
  url: string,
  database: string,
  work: (client: PrismaClient) => Promise<T>,
): Promise<T> {
  kept.signalboxTenantDatabases ??= new Map();
  const clients = kept.signalboxTenantDatabases;
  const key = onDatabase(url, database);
  const open = clients.get(key) ?? { client: connect(key), users: 0 };
  clients.delete(key);
  clients.set(key, open);
  open.users++;
  try {
    return await work(open.client);
  } finally {
    open.users--;
    await closeIdle(clients);
  }
}

function connect(url: string): PrismaClient {
  const pool = { ...connectionTo(url), max: CONNECTIONS, idleTimeoutMillis: IDLE_MS, connectionTimeoutMillis: 5_000 };
  return new PrismaClient({ adapter: new UnqualifiedPg(pool) });
}

async function closeIdle(clients: Map<string, Open>): Promise<void> {
  for (const [key, { client, users }] of clients) {
    if (clients.size <= MOST_OPEN) return;
    if (users > 0) continue;
    clients.delete(key);
    await client.$disconnect();
  }
}

export async function closeTenantClients(): Promise<void> {
  const open = [...(kept.signalboxTenantDatabases?.values() ?? [])];
  kept.signalboxTenantDatabases = undefined;
  await Promise.all(open.map(({ client }) => client.$disconnect()));
}
