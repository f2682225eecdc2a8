import { guarded, hasErrors, printDiagnostics, readArguments, readConfig } from "./arguments";

const USAGE = `usage: signalbox check FILE [--target alertmanager@0.34] [--json]

Says what is wrong with a configuration for that Alertmanager. FILE may be - for stdin.
Ends with 0 when it would load and run, 1 when not, 2 when called wrongly.
`;

export function run(argv: string[]): Promise<number> {
  return guarded(() => {
    const args = readArguments(argv, 1, USAGE);
    if (!args) return 0;
    const [file = "-"] = args.files;
    const { diagnostics } = readConfig(file, args.profile);
    const failed = hasErrors(diagnostics);
    if (args.json) process.stdout.write(`${JSON.stringify({ ok: !failed, diagnostics })}\n`);
    else {
      process.stdout.write(printDiagnostics(file, diagnostics));
      const count = (severity: string) => diagnostics.filter((found) => found.severity === severity).length;
      const verdict = failed ? "would be refused" : "is fine";
      process.stdout.write(
        `${file} ${verdict} for ${args.profile.id}: ${count("error")} errors, ${count("warning")} warnings\n`,
      );
    }
    return failed ? 1 : 0;
  });
}
