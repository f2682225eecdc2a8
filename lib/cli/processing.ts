import { parseArgs } from "node:util";
import { processing, processingMarkdown } from "@/lib/privacy";

const HELP = `usage: signalbox processing [--json]

Prints the record of processing (GDPR art. 30): what is kept about people, why, for whom and how long.
`;

export async function run(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: { json: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help || positionals.length > 0) {
    process.stdout.write(HELP);
    return values.help ? 0 : 2;
  }
  process.stdout.write(values.json ? `${JSON.stringify(processing(), null, 2)}\n` : processingMarkdown());
  return 0;
}
