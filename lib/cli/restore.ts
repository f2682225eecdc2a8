import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { checkBackup, parseIdentity, restoreBackup } from "@/lib/backup";
import { withOwnersDatabase } from "./open-database";
import { programRoot } from "./program-root";

const HELP = `usage: signalbox restore --from FILE --identity KEYFILE [--check]

Brings a backup back into an empty installation: a DATA_DIR in which \`signalbox start\` never ran, or the database of DATABASE_URL and
MIGRATE_DATABASE_URL without tables. The whole file is verified before the first row is written; rows are counted and compared
when they are, and the audit logs are verified at the end: exit code 1 when one had problems already.

  --check   only verify the file, to its last byte; needs no installation, and writes nothing

Secrets are put under the key of this installation. A backup of an older Signalbox is restored as it was and then migrated.
`;

export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      from: { type: "string" },
      identity: { type: "string" },
      check: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  const { from: file, identity: keyFile } = values;
  if (!file || !keyFile || values.help) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  const identity = parseIdentity(readFileSync(keyFile, "utf8"));
  if (values.check) {
    const { takenAt, migrations } = await checkBackup(file, identity);
    process.stdout.write(`${file}: whole, as it was at ${takenAt}, up to ${migrations.at(-1)?.name}\n`);
    return 0;
  }
  const migrations = path.join(programRoot(), "prisma/migrations");
  const restored = await withOwnersDatabase("alone", (ownerUrl) =>
    restoreBackup({ ownerUrl, migrations, file, identity }),
  );
  const { rows, tables, takenAt, migrated, logs } = restored;
  process.stdout.write(`restored ${rows} rows of ${tables} tables, as they were at ${takenAt}\n`);
  if (migrated.length > 0) process.stdout.write(`migrated ${migrated.join(", ")}\n`);
  for (const { slug, events, head, problems } of logs)
    process.stdout.write(`${slug}  ${problems === 0 ? "intact" : `${problems} problems`}  ${events}:${head}\n`);
  return logs.every(({ problems }) => problems === 0) ? 0 : 1;
}
