import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { withPlatform } from "./client";
import { type AppliedMigration, pendingMigrations, readMigrations } from "./migrate";

const ADVICE = "Run `signalbox migrate` as the database's owner.";

/**
 * Throws unless all migrations of this program were applied as they are. A database that is ahead is no fault here: while a
 * newer program takes over, its predecessors go on serving.
 */
export async function checkMigrations(): Promise<void> {
  const brought = readMigrations(env().MIGRATIONS_DIR);
  const known = new Set(brought.map(({ name }) => name));
  const history = await readHistory();
  const ours = history.filter(({ migration_name }) => known.has(migration_name));
  const pending = pendingMigrations(brought, ours).map(({ name }) => name);
  if (pending.length > 0) throw new AppError("not_ready", `Not applied yet: ${pending.join(", ")}. ${ADVICE}`);
}

// An empty database has no history, and an old one does not yet let the app's role read it.
async function readHistory(): Promise<AppliedMigration[]> {
  try {
    return await withPlatform(
      (tx) => tx.$queryRaw<AppliedMigration[]>`
        SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    );
  } catch (cause) {
    throw new AppError("not_ready", `The history of migrations cannot be read. ${ADVICE}`, {}, { cause });
  }
}
