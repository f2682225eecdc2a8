import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { disconnectDatabase, type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/database";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { programRoot } from "./program-root";

const passwordsSchema = z.object({ app: z.string(), owner: z.string() });

/** Runs `work` on the database of DATABASE_URL, or on the embedded one that `signalbox start` runs beside us. */
export async function withRunningDatabase<T>(work: () => Promise<T>): Promise<T> {
  const { DATABASE_URL, DATA_DIR } = env();
  if (!DATABASE_URL) process.env.DATABASE_URL = runningUrl(DATA_DIR);
  try {
    return await work();
  } finally {
    await disconnectDatabase();
  }
}

/**
 * Runs `work` as the database's owner too. Of an embedded PostgreSQL that does not run, it is started for as long; one that runs is
 * used where others may be there (`shared`), and refused where we must be `alone`.
 */
export async function withOwnersDatabase<T>(
  company: "shared" | "alone",
  work: (ownerUrl: string) => Promise<T>,
): Promise<T> {
  const { DATABASE_URL, MIGRATE_DATABASE_URL, DATA_DIR } = env();
  if (DATABASE_URL) {
    if (!MIGRATE_DATABASE_URL) throw new Error("MIGRATE_DATABASE_URL is not set: this is for the database's owner.");
    return withRunningDatabase(() => work(MIGRATE_DATABASE_URL));
  }
  if (company === "shared" && !existsSync(path.join(DATA_DIR, "postgres")))
    throw new Error(`There is no database in ${DATA_DIR}. Set DATA_DIR, or DATABASE_URL and MIGRATE_DATABASE_URL.`);
  let server: EmbeddedPostgres;
  try {
    server = await startEmbeddedPostgres({ dataDir: DATA_DIR, root: programRoot() });
  } catch (error) {
    const runs = error instanceof AppError && error.code === "conflict";
    if (company === "alone" || !runs) throw error;
    return withRunningDatabase(() => work(runningUrl(DATA_DIR, "owner")));
  }
  process.env.DATABASE_URL = server.appUrl;
  try {
    return await withRunningDatabase(() => work(server.ownerUrl));
  } finally {
    await server.stop();
  }
}

function runningUrl(dataDir: string, role: "app" | "owner" = "app"): string {
  try {
    const port = Number(readFileSync(path.join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[3]);
    const passwords = passwordsSchema.parse(
      JSON.parse(readFileSync(path.join(dataDir, "postgres-passwords.json"), "utf8")),
    );
    return `postgresql://signalbox_${role}:${passwords[role]}@127.0.0.1:${port}/signalbox`;
  } catch (cause) {
    throw new Error(`No database runs in ${dataDir}. Run \`signalbox start\` first, or set DATABASE_URL.`, { cause });
  }
}
