import path from "node:path";
import { migrate } from "@/lib/database";
import { env } from "@/lib/env";
import { programRoot } from "./program-root";

const HELP = `usage: signalbox migrate

Applies the pending migrations to the database of MIGRATE_DATABASE_URL (the owner's connection, with BYPASSRLS).
\`signalbox start\` does the same when that variable is set.
`;

export async function run(argv: string[]): Promise<number> {
  if (argv.length > 0) {
    process.stdout.write(HELP);
    return argv.includes("--help") ? 0 : 2;
  }
  const url = env().MIGRATE_DATABASE_URL;
  if (!url) throw new Error("MIGRATE_DATABASE_URL is not set.");
  const applied = await migrate(url, path.join(programRoot(), "prisma/migrations"));
  process.stdout.write(applied.length ? `applied ${applied.join(", ")}\n` : "nothing to apply\n");
  return 0;
}
