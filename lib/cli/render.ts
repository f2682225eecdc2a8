import { renderConfig } from "@/lib/alertmanager";
import { guarded, hasErrors, printDiagnostics, readArguments, readConfig } from "./arguments";

const USAGE = `usage: signalbox render FILE [--target alertmanager@0.34] [--json]

Prints a configuration anew, in the usual order and with safe quoting; with --json as {yaml, hash}.
Refuses one that the target would refuse. Comments are not kept: edit in the app to keep them.
`;

export function run(argv: string[]): Promise<number> {
  return guarded(() => {
    const args = readArguments(argv, 1, USAGE);
    if (!args) return 0;
    const [file = "-"] = args.files;
    const { config, diagnostics } = readConfig(file, args.profile);
    if (!config || hasErrors(diagnostics)) {
      process.stderr.write(printDiagnostics(file, diagnostics));
      return 1;
    }
    const { yaml, hash } = renderConfig({ config, source: null });
    process.stdout.write(args.json ? `${JSON.stringify({ yaml, hash })}\n` : yaml);
    return 0;
  });
}
