import "server-only";

export { type DumpRecord, openDump } from "./backup/dump";
export { type Ask, type Restored, restoreDump } from "./backup/restore";
export { checkMigrations } from "./check-migrations";
export {
  checkDatabase,
  disconnectDatabase,
  onPlatform,
  type Transaction,
  type TransactionOptions,
  withDirectory,
  withPlatform,
  withTenant,
} from "./client";
export { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from "./embedded/embedded-postgres";
export { freePort } from "./free-port";
export { Prisma } from "./generated/client";
export { directoryOf } from "./places/directory";
export { tenantsElsewhere } from "./places/elsewhere";
export { type MoveWorker, migrateEverywhere as migrate, startMoveWorker } from "./places/move-worker";
