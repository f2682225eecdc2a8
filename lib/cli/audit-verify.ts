import { parseArgs } from "node:util";
import { verifyFile } from "./audit-file";

const HELP = `usage: signalbox audit verify [--tenant SLUG] [--expect POSITION:HASH]
       signalbox audit verify --file EXPORT [--key KEY]… [--witness KEY]… [--checkpoint FILE]

Without --file it recomputes every hash of the audit logs in the database, and the tree at every checkpoint that was signed: of each
tenant, and of the installation (\`platform\`). Exit code 1 when an event was edited, removed or moved. It prints where each log ends;
keep that line elsewhere, and give it back with --expect together with --tenant: only so is a log found that was replaced as a whole.

With --file it judges an export (\`signalbox audit export\`), and needs no database. KEY is a key of the log, or of a witness, as
\`signalbox audit keys\` prints it, or a file of them. Without --key the signatures are held against the keys that the file names
itself, and it says so. --checkpoint is one that you kept: the log must go on from it. Exit code 0: all is proven; 1: something is
not, and each line says what; 2: it was called wrongly.
`;

const text = { type: "string" } as const;
const many = { type: "string", multiple: true } as const;

export async function run([, ...argv]: string[]): Promise<number> {
  if (argv.includes("--help")) {
    process.stdout.write(HELP);
    return 0;
  }
  const options = { tenant: text, expect: text, file: text, key: many, witness: many, checkpoint: text } as const;
  const { values } = parseArgs({ args: argv, options });
  const { file, tenant, expect, ...trust } = values;
  if (file === undefined) {
    if (Object.keys(trust).length > 0) throw new Error("--key, --witness and --checkpoint go with --file.");
    const { verifyLogs } = await import("./audit-verify-logs");
    return verifyLogs({ tenant, expect });
  }
  if (tenant || expect) throw new Error("--tenant and --expect ask the database, and --file does not.");
  return verifyFile({ file, ...trust });
}
