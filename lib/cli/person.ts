import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { eraseAgain, erasePersonOf, exportPersonZip, parseErasures, personOfAddress, tombstones } from "@/lib/privacy";
import { withRunningDatabase } from "./open-database";

const HELP = `usage: signalbox person export EMAIL [--out FILE]
       signalbox person erase EMAIL --yes
       signalbox person erasures
       signalbox person erase-again FILE

export       writes all that is known of somebody as a ZIP file of JSON and CSV
erase        erases somebody for good, in every tenant, and prints the receipt
erasures     prints who was erased, as hashes; keep this list apart from backups
erase-again  erases whom a restored backup brought back; FILE is such a list, receipts, or an export of the installation's log
`;

const BY = { actor: "system", requestId: "cli" };

export async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { out: { type: "string" }, yes: { type: "boolean" }, help: { type: "boolean" } },
  });
  const [verb, what, ...more] = positionals;
  const asked = verb === undefined ? undefined : VERBS[verb];
  if (values.help || !asked || more.length > 0 || (what === undefined) !== (verb === "erasures")) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  return withRunningDatabase(() => asked(what ?? "", values));
}

interface Options {
  out?: string | undefined;
  yes?: boolean | undefined;
}

const VERBS: Readonly<Record<string, (what: string, options: Options) => Promise<number>>> = {
  export: async (email, { out }) => {
    const { name, body } = await exportPersonZip(await personOfAddress(email), BY);
    const file = out ?? name;
    await writeFile(file, body, { mode: 0o600, flag: "wx" });
    process.stderr.write(`${file}: everything that is known of ${email}. Hand it over safely, then delete it.\n`);
    return 0;
  },
  erase: async (email, { yes }) => {
    if (!yes) {
      process.stderr.write("Nothing can bring somebody back who was erased. Say --yes to go on.\n");
      return 2;
    }
    const { step, error, receipt } = await erasePersonOf(email, BY);
    if (receipt) process.stdout.write(`${JSON.stringify(receipt, null, 2)}\n`);
    else process.stderr.write(`It waits at ${step} and goes on by itself: ${error ?? "somebody else works on it"}\n`);
    return receipt ? 0 : 1;
  },
  erasures: async () => {
    for (const line of await tombstones()) process.stdout.write(`${JSON.stringify(line)}\n`);
    return 0;
  },
  "erase-again": async (file) => {
    const begun = await eraseAgain(parseErasures(await readFile(file, "utf8")));
    process.stderr.write(`${begun} erased again\n`);
    return 0;
  },
};
