import { type ConfigDocument, visitSecrets } from "@/lib/alertmanager";
import { guarded, printDiagnostics, readArguments, readConfig } from "./arguments";

const USAGE = `usage: signalbox import FILE [--target alertmanager@0.34] [--json]

Reads a configuration and says what the app would take over; with --json it prints the document itself.
That output holds the secrets of the file as they stand there. Ends with 1 when the file cannot be read.
`;

export function run(argv: string[]): Promise<number> {
  return guarded(() => {
    const args = readArguments(argv, 1, USAGE);
    if (!args) return 0;
    const [file = "-"] = args.files;
    const { text, config, diagnostics } = readConfig(file, args.profile);
    if (!config) {
      process.stderr.write(printDiagnostics(file, diagnostics));
      return 1;
    }
    const document: ConfigDocument = { config, templates: [], source: text };
    process.stdout.write(args.json ? `${JSON.stringify(document, null, 2)}\n` : report(file, document));
    process.stderr.write(printDiagnostics(file, diagnostics));
    return 0;
  });
}

function report(file: string, { config }: ConfigDocument): string {
  let secrets = 0;
  visitSecrets(config, () => {
    secrets++;
  });
  const routes = (list: unknown): number =>
    Array.isArray(list)
      ? list.reduce<number>((sum, route: { routes?: unknown } | null) => sum + 1 + routes(route?.routes), 0)
      : 0;
  const counts: [number, string][] = [
    [config.receivers?.length ?? 0, "receivers"],
    [config.route ? 1 + routes(config.route.routes) : 0, "routes"],
    [config.inhibit_rules?.length ?? 0, "inhibition rules"],
    [(config.time_intervals?.length ?? 0) + (config.mute_time_intervals?.length ?? 0), "time intervals"],
    [config.templates?.length ?? 0, "template patterns (their files are imported separately)"],
    [secrets, "secrets (sealed when imported)"],
  ];
  return `${file}\n${counts.map(([count, noun]) => `  ${String(count).padStart(4)} ${noun}\n`).join("")}`;
}
