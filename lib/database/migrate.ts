import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { AppError } from "@/lib/errors";
import { connectionTo } from "./connection";

// The number that Prisma's own `migrate deploy` locks, so the two exclude each other.
const PRISMA_LOCK = 72_707_369;

const HISTORY = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
  /** What it does to the rows of tenants, to be done in their own schemas too, whose tables follow by themselves. */
  tenantSql: string | null;
}

export interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

export function readMigrations(folder: string): Migration[] {
  return readdirSync(/*turbopackIgnore: true*/ folder, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && existsSync(path.join(/*turbopackIgnore: true*/ folder, entry.name, "migration.sql")),
    )
    .map((entry) => {
      const bytes = readFileSync(path.join(/*turbopackIgnore: true*/ folder, entry.name, "migration.sql"));
      const rows = path.join(/*turbopackIgnore: true*/ folder, entry.name, "tenant.sql");
      const tenantSql = existsSync(/*turbopackIgnore: true*/ rows) ? readFileSync(rows, "utf8") : null;
      const checksum = createHash("sha256").update(bytes).digest("hex");
      return { name: entry.name, sql: bytes.toString(), checksum, tenantSql };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Those of `migrations` that `applied` lacks. Throws when history and folder contradict each other. */
export function pendingMigrations(migrations: Migration[], applied: AppliedMigration[]): Migration[] {
  const failed = applied.find((row) => !row.finished_at);
  if (failed) throw new AppError("not_ready", `Migration ${failed.migration_name} failed earlier. Resolve it first.`);
  const known = new Set(migrations.map(({ name }) => name));
  const newer = applied.find((row) => !known.has(row.migration_name));
  if (newer)
    throw new AppError("not_ready", `The database is newer than this program: it has ${newer.migration_name}.`);
  return migrations.filter(({ name, checksum }) => {
    const row = applied.find((done) => done.migration_name === name);
    if (row && row.checksum !== checksum) {
      throw new AppError("not_ready", `Migration ${name} was modified after it was applied.`);
    }
    return !row;
  });
}

/**
 * Applies what is pending and returns the names; writes `_prisma_migrations` as `prisma migrate deploy` does. Any number of
 * processes may call it at once: one applies, the others wait and find nothing to do. `last`: where to stop, instead of at the end.
 */
export async function migrate(url: string, folder: string, last?: string): Promise<string[]> {
  const client = new pg.Client(connectionTo(url));
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await requireOwner(client);
    await client.query(HISTORY);
    // Whoever began one of these was killed: the lock is ours, so nobody is at it, and nothing of it stayed.
    await client.query(
      "UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL AND logs = $1",
      [IN_ONE_TRANSACTION],
    );
    const applied = await client.query<AppliedMigration>(
      "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
    );
    const pending = pendingMigrations(readMigrations(folder), applied.rows).filter(
      ({ name }) => last === undefined || name <= last,
    );
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

// Functions that look across tenants run as the owner, and FORCE ROW LEVEL SECURITY binds an owner without this right.
async function requireOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; bypass: boolean }>(
    "SELECT rolname AS name, rolsuper OR rolbypassrls AS bypass FROM pg_roles WHERE rolname = current_user",
  );
  if (rows[0]?.bypass) return;
  throw new AppError("not_ready", `The role ${rows[0]?.name} of MIGRATE_DATABASE_URL needs the right BYPASSRLS.`);
}

const IN_ONE_TRANSACTION = "begun; takes effect together with its end";

// A file and the word that it is done are one transaction: it is applied as a whole or not at all, however we end.
async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name, logs) VALUES ($1, $2, $3, $4)", [
    id,
    checksum,
    name,
    IN_ONE_TRANSACTION,
  ]);
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      "UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1, logs = NULL WHERE id = $1",
      [id],
    );
    await client.query("COMMIT");
  } catch (error) {
    // Nothing of it stayed, so unlike Prisma's CLI the next start may simply try again; also where the connection is gone.
    await undo(client, id, String(error)).catch(() => undefined);
    throw new AppError("not_ready", `Migration ${name} failed: ${String(error)}`, {}, { cause: error });
  }
}

async function undo(client: pg.Client, id: string, reason: string): Promise<void> {
  await client.query("ROLLBACK");
  await client.query("UPDATE _prisma_migrations SET logs = $2, rolled_back_at = now() WHERE id = $1", [id, reason]);
}
