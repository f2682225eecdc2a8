import { parseArgs } from "node:util";
import { allTenants, PLATFORM_LOG } from "@/lib/tenancy";
import { exportLines, publishedKeys, readCheckpointNote, renewKeys } from "@/lib/transparency";
import { exportQuerySchema } from "@/lib/transparency/contract";
import { withRunningDatabase } from "./open-database";

const HELP = `usage: signalbox audit keys [--tenant SLUG]
       signalbox audit checkpoint [--tenant SLUG]
       signalbox audit renew-keys
       signalbox audit export --tenant SLUG [--after N] [--until N] [--actor ID] [--noun TYPE] [--from TIME] [--to TIME] [--since SIZE]

\`keys\` prints a line per log and key, as \`signalbox witness --log\` and \`signalbox audit verify --key\` take them. Behind a key
that was replaced stands how far it signed: \`until SIZE\`.
\`renew-keys\` makes the next keys, and hands every log over to them: the keys before sign it once more and announce those that
follow. Our witnesses and \`verify --file\` take a log over that from the keys that they know; other witnesses have to be given the
new keys. Within an hour it makes no others, and hands over what was left: exit code 1 while something is.
\`checkpoint\` prints the signed checkpoint of where a log ends now. Keep it elsewhere: with it \`signalbox audit verify\` finds a log
that was cut or replaced. \`export\` prints the log, or what the filter takes, with everything that \`verify --file\` needs; with
--since SIZE also the proof that it goes on from a checkpoint of that size.
`;

const text = { type: "string" } as const;
const FILTERS = { after: text, until: text, actor: text, noun: text, from: text, to: text, since: text } as const;

export async function run([verb = "", ...argv]: string[]): Promise<number> {
  if (argv.includes("--help")) {
    process.stdout.write(HELP);
    return 0;
  }
  if (verb === "renew-keys") return renew(argv);
  const options = { tenant: text, ...(verb === "export" ? FILTERS : {}) };
  const { values } = parseArgs({ args: argv, options });
  const { tenant: slug, ...filter } = values;
  if (verb === "export" && !slug) {
    process.stderr.write(HELP);
    return 2;
  }
  const wanted = exportQuerySchema.parse(filter);
  return withRunningDatabase(async () => {
    for (const { id } of await logsOf(slug)) {
      if (verb === "keys") for (const key of await publishedKeys(id)) process.stdout.write(`${key}\n`);
      if (verb === "checkpoint") process.stdout.write(await readCheckpointNote(id));
      if (verb === "export") for await (const line of await exportLines(id, wanted)) process.stdout.write(line);
    }
    return 0;
  });
}

/** As an operator: who may read the database's password is one. */
function renew(argv: string[]): Promise<number> {
  parseArgs({ args: argv, options: {} });
  return withRunningDatabase(async () => {
    const { made, logs, left, pairs } = await renewKeys({ personId: "system", isOperator: true, requestId: "cli" });
    const [newest] = pairs;
    process.stdout.write(
      `${made ? "New keys" : "No new keys: those of"} ${newest?.madeAt}${made ? "" : " are younger than an hour"}\n`,
    );
    process.stdout.write(`  ${newest?.keys.join("\n  ")}\n${logs} logs are signed by them\n`);
    for (const { tenantId, code } of left) process.stderr.write(`${tenantId}  not signed by them yet: ${code}\n`);
    return left.length === 0 ? 0 : 1;
  });
}

export async function logsOf(slug: string | undefined): Promise<{ id: string; slug: string }[]> {
  const logs = [{ id: PLATFORM_LOG, slug: "platform" }, ...(await allTenants())];
  const chosen = slug ? logs.filter((log) => log.slug === slug) : logs;
  if (chosen.length === 0) throw new Error(`There is no tenant called ${slug}.`);
  return chosen;
}
