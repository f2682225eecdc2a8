import path from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_PROFILE_ID, type Diagnostic, lintConfig, type TargetProfile, withLints } from "@/lib/alertmanager";
import { guarded, hasErrors, type Read, readConfig, UsageError } from "./arguments";
import { FORMATS, type Format, type Report } from "./check-formats";
import { filesBeside } from "./files-beside";
import { profileOf } from "./loadable-config";

const USAGE = `usage: signalbox check FILE… [--target alertmanager@0.34] [--format text|json|sarif|github] [--lint]

Says what is wrong with configurations for that Alertmanager. FILE may be - for stdin.
Files that a configuration names are looked for beside it. With --lint also what works otherwise than it looks, such as
routes that nothing reaches.
Ends with 0 when all would load and run, 1 when one would not, 2 when called wrongly.
`;

export function run(argv: string[]): Promise<number> {
  return guarded(() => {
    const { values, positionals } = parsed(argv);
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const format: string = values.json ? "json" : values.format;
    if (positionals.length === 0 || !isFormat(format)) throw new UsageError(USAGE);
    const profile = profileOf(values.target);
    const reports = positionals.map((file): Report => {
      const files = file === "-" ? undefined : filesBeside(path.dirname(file), path.basename(file));
      const read = readConfig(file, profile, undefined, files);
      const { diagnostics } = read;
      return { file, ok: !hasErrors(diagnostics), diagnostics: values.lint ? linted(read, profile) : diagnostics };
    });
    process.stdout.write(FORMATS[format](reports, profile));
    return reports.every(({ ok }) => ok) ? 0 : 1;
  });
}

function linted({ config, diagnostics, rangeOf }: Read, profile: TargetProfile): Diagnostic[] {
  const lints = config ? lintConfig(config, profile) : [];
  const placed = lints.map((lint) => {
    const range = rangeOf(lint.path);
    return range ? { ...lint, range } : lint;
  });
  return withLints(diagnostics, placed);
}

function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        target: { type: "string", short: "t", default: DEFAULT_PROFILE_ID },
        format: { type: "string", short: "f", default: "text" },
        json: { type: "boolean", default: false },
        lint: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
