import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type BackupRestored, checkBackup, parseIdentity, restoreBackup } from "@/lib/backup";
import { beginAgain, eraseAgain, parseErasures } from "@/lib/privacy";
import { withOwnersDatabase } from "./open-database";
import { programRoot } from "./program-root";

const HELP = `usage: signalbox restore --from FILE --identity KEYFILE --erasures LIST
       signalbox restore --from FILE --identity KEYFILE --without-erasures
       signalbox restore --from FILE --identity KEYFILE --check

Brings a backup back into an empty installation: a DATA_DIR in which \`signalbox start\` never ran, or the database of DATABASE_URL and
MIGRATE_DATABASE_URL without tables. The whole file is verified before the first row is written; rows are counted and compared
when they are, and the audit logs are verified at the end: exit code 1 when one had problems already.

Whoever was erased since the backup was taken is in it still, with the key to what the logs hold of them. So restoring wants to know
who that is: LIST is what \`signalbox person erasures\` printed last, receipts, or an export of the installation's log. Those people are
erased again before the command ends; if it dies before, by \`signalbox start\`.

  --erasures LIST      may be given several times
  --without-erasures   there is no such list, or nobody was erased since
  --check              only verify the file, to its last byte; needs no installation, and writes nothing

Secrets are put under the key of this installation. A backup of an older Signalbox is restored as it was and then migrated.
`;

export async function run(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      from: { type: "string" },
      identity: { type: "string" },
      erasures: { type: "string", multiple: true, default: [] },
      "without-erasures": { type: "boolean", default: false },
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
  const { erasures } = values;
  if (erasures.length > 0 === values["without-erasures"]) {
    process.stderr.write(
      "Say who was erased since the backup was taken (--erasures LIST), or --without-erasures: they would be back.\n",
    );
    return 2;
  }
  const known = erasures.flatMap((name) => parseErasures(readFileSync(name, "utf8")));
  const migrations = path.join(programRoot(), "prisma/migrations");
  return withOwnersDatabase("alone", async (ownerUrl) => {
    const restored = await restoreBackup({
      ...{ ownerUrl, migrations, file, identity },
      settled: (ask) => beginAgain(ask, known),
    });
    report(restored);
    const again = await eraseAgain(known);
    if (known.length > 0) process.stdout.write(`${again} erased again, of ${known.length} erasures known\n`);
    return restored.logs.every(({ problems }) => problems === 0) ? 0 : 1;
  });
}

function report({ rows, tables, takenAt, migrated, logs }: BackupRestored): void {
  process.stdout.write(`restored ${rows} rows of ${tables} tables, as they were at ${takenAt}\n`);
  if (migrated.length > 0) process.stdout.write(`migrated ${migrated.join(", ")}\n`);
  for (const { slug, events, head, problems } of logs)
    process.stdout.write(`${slug}  ${problems === 0 ? "intact" : `${problems} problems`}  ${events}:${head}\n`);
}
