import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { disconnectDatabase } from "@/lib/database";
import { env } from "@/lib/env";

const passwordsSchema = z.object({ app: z.string() });

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

function runningUrl(dataDir: string): string {
  try {
    const port = Number(readFileSync(path.join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[3]);
    const { app } = passwordsSchema.parse(
      JSON.parse(readFileSync(path.join(dataDir, "postgres-passwords.json"), "utf8")),
    );
    return `postgresql://signalbox_app:${app}@127.0.0.1:${port}/signalbox`;
  } catch (cause) {
    throw new Error(`No database runs in ${dataDir}. Run \`signalbox start\` first, or set DATABASE_URL.`, { cause });
  }
}
