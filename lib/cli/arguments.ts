import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  type Config,
  DEFAULT_PROFILE_ID,
  type Diagnostic,
  type ParsedConfig,
  parseConfig,
  profileFor,
  type TargetProfile,
} from "@/lib/alertmanager";
import { printPath } from "./print-path";

export interface Arguments {
  files: string[];
  profile: TargetProfile;
  json: boolean;
}

/** Thrown for a call that makes no sense; exit code 2. */
export class UsageError extends Error {}

/** `FILE… [--target alertmanager@0.34] [--json]`; `null` after printing the help. */
export function readArguments(argv: string[], count: number, usage: string): Arguments | null {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
  const { values, positionals } = parsed;
  if (values.help) {
    process.stdout.write(usage);
    return null;
  }
  if (positionals.length !== count) throw new UsageError(usage);
  try {
    return { files: positionals, profile: profileFor(values.target), json: values.json };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parse(argv: string[]) {
  return parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      target: { type: "string", short: "t", default: DEFAULT_PROFILE_ID },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
}

/** Runs a command whose misuse ends with 2 and whose unreadable files end with 1. */
export async function guarded(command: () => number): Promise<number> {
  try {
    return command();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

export interface Read extends ParsedConfig {
  text: string;
}

/** A file, or stdin for `-`. */
export function readConfig(
  file: string,
  profile: TargetProfile,
  previous?: Config,
  files?: Readonly<Record<string, string>>,
): Read {
  const text = readFileSync(file === "-" ? 0 : file, "utf8");
  const newId = () => crypto.randomUUID();
  return {
    text,
    ...parseConfig(text, { profile, newId, ...(previous ? { previous } : {}), ...(files ? { files } : {}) }),
  };
}

/** `file:line:column: error: message [code] at path`, with what Alertmanager itself says below. */
export function printDiagnostics(file: string, diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ severity, code, message, path, range, upstream }) => {
      const place = `${file}:${range?.start.line ?? 1}:${range?.start.column ?? 1}`;
      const at = path.length > 0 ? ` (${printPath(path)})` : "";
      const said = upstream ? `\n  Alertmanager: ${upstream.replaceAll("\n", "\n  ")}` : "";
      return `${place}: ${severity}: ${message}${at} [${code}]${said}\n`;
    })
    .join("");
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
