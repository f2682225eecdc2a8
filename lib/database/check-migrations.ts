import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { withPlatform } from "./client";
import { type AppliedMigration, pendingMigrations, readMigrations } from "./migrate";

/**
 * Throws unless all migrations of this program were applied as they are. A database that is ahead is no fault here: while a
 * newer program takes over, its predecessors go on serving.
 */
export async function checkMigrations(): Promise<void> {
  const brought = readMigrations(env().MIGRATIONS_DIR);
  const known = new Set(brought.map(({ name }) => name));
  const history = await withPlatform(
    (tx) => tx.$queryRaw<AppliedMigration[]>`
      SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const ours = history.filter(({ migration_name }) => known.has(migration_name));
  const pending = pendingMigrations(brought, ours).map(({ name }) => name);
  if (pending.length > 0) throw new AppError("not_ready", `Not applied yet: ${pending.join(", ")}.`);
}
