import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { inject } from "vitest";
import { disconnectDatabase } from "@/lib/database";
import type { TenantContext } from "@/lib/tenancy";

export interface TestDatabase {
  /** As the app connects: bound by row-level security. */
  appUrl: string;
  /** As migrations connect: sees every row. */
  ownerUrl: string;
  /** Runs SQL as the owner, to arrange or to look behind the app's back. */
  asOwner<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Runs SQL as the app's role, without any tenant set. */
  asApp<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** A tenant of its own, seen by a person of that role. */
  addTenant(role: TenantContext["role"]): Promise<TenantContext>;
  stop(): Promise<void>;
}

/** A fresh, migrated database, set as the one that lib/database uses. Call it in `beforeAll`, and `stop` in `afterAll`. */
export async function startTestDatabase(): Promise<TestDatabase> {
  const server = inject("postgres");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await query(server.ownerUrl, `CREATE DATABASE ${name} TEMPLATE ${server.template}`);
  const ownerUrl = onDatabase(server.ownerUrl, name);
  const appUrl = onDatabase(server.appUrl, name);
  const before = { DATABASE_URL: process.env.DATABASE_URL, MIGRATE_DATABASE_URL: process.env.MIGRATE_DATABASE_URL };
  Object.assign(process.env, { DATABASE_URL: appUrl, MIGRATE_DATABASE_URL: ownerUrl });
  return {
    appUrl,
    ownerUrl,
    asOwner: (sql, values) => query(ownerUrl, sql, values),
    asApp: (sql, values) => query(appUrl, sql, values),
    addTenant: (role) => addTenant(ownerUrl, role),
    stop: async () => {
      await disconnectDatabase();
      for (const [key, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[key];
        else process.env[key] = value;
      }
      await dropDatabase(server.ownerUrl, name);
    },
  };
}

async function addTenant(ownerUrl: string, role: TenantContext["role"]): Promise<TenantContext> {
  const tenantId = randomUUID();
  const slug = `t-${tenantId.slice(0, 8)}`;
  await query(ownerUrl, "INSERT INTO tenants (id, slug, name) VALUES ($1, $2, $2)", [tenantId, slug]);
  const actor = { type: "person", id: randomUUID() } as const;
  return { tenantId, tenantSlug: slug, tenantName: slug, actor, role, requestId: "test" };
}

// FORCE may not end a worker of autovacuum, which belongs to the superuser and is gone in a moment.
async function dropDatabase(ownerUrl: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await query(ownerUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      return;
    } catch (error) {
      if (attempt === 50 || !(error instanceof pg.DatabaseError && error.code === "42501")) throw error;
      await sleep(200);
    }
  }
}

async function query<Row extends pg.QueryResultRow>(url: string, sql: string, values?: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
