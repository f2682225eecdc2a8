import { DIAGNOSTIC_MESSAGES, type Diagnostic, type TargetProfile } from "@/lib/alertmanager";
import { printDiagnostics } from "./arguments";
import { printPath } from "./print-path";

export interface Report {
  file: string;
  ok: boolean;
  diagnostics: Diagnostic[];
}

export type Format = "text" | "json" | "sarif" | "github";

/** How findings are written: for people, for programs, for code scanning, for the log of a GitHub workflow. */
export const FORMATS: Readonly<Record<Format, (reports: readonly Report[], profile: TargetProfile) => string>> = {
  text: (reports, profile) => reports.map((report) => textOf(report, profile)).join(""),
  json(reports) {
    const [first, ...others] = reports.map(({ file, ok, diagnostics }) => ({ file, ok, diagnostics }));
    const whole = others.length === 0 ? first : { ok: reports.every(({ ok }) => ok), files: [first, ...others] };
    return `${JSON.stringify(whole)}\n`;
  },
  sarif: (reports) => `${JSON.stringify(sarifOf(reports), null, 2)}\n`,
  github: (reports) =>
    reports.flatMap(({ file, diagnostics }) => diagnostics.map((one) => annotation(file, one))).join(""),
};

function textOf({ file, ok, diagnostics }: Report, { id }: TargetProfile): string {
  const count = (severity: string) => diagnostics.filter((found) => found.severity === severity).length;
  const verdict = ok ? "is fine" : "would be refused";
  return `${printDiagnostics(file, diagnostics)}${file} ${verdict} for ${id}: ${count("error")} errors, ${count("warning")} warnings\n`;
}

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/** SARIF 2.1.0, as code scanning reads it. */
function sarifOf(reports: readonly Report[]) {
  const codes = new Set(reports.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)));
  const rules = [...codes].sort().map((id) => ({ id, shortDescription: { text: DIAGNOSTIC_MESSAGES[id] } }));
  const results = reports.flatMap(({ file, diagnostics }) =>
    diagnostics.map((diagnostic) => ({
      ruleId: diagnostic.code,
      level: LEVELS[diagnostic.severity],
      message: { text: sentence(diagnostic) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: file.replaceAll("\\", "/") },
            region: {
              startLine: diagnostic.range?.start.line ?? 1,
              startColumn: diagnostic.range?.start.column ?? 1,
              ...(diagnostic.range && { endLine: diagnostic.range.end.line, endColumn: diagnostic.range.end.column }),
            },
          },
          ...(diagnostic.path.length > 0 && { logicalLocations: [{ fullyQualifiedName: printPath(diagnostic.path) }] }),
        },
      ],
    })),
  );
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "signalbox", rules } }, columnKind: "utf16CodeUnits", results }],
  };
}

function sentence({ message, upstream }: Diagnostic): string {
  return upstream === undefined ? message : `${message}\nAlertmanager: ${upstream}`;
}

const COMMANDS = { error: "error", warning: "warning", info: "notice" } as const;

/** A workflow command: GitHub shows it at the line. */
function annotation(file: string, diagnostic: Diagnostic): string {
  const { range, severity, code } = diagnostic;
  const place = {
    file,
    line: range?.start.line ?? 1,
    col: range?.start.column ?? 1,
    ...(range && { endLine: range.end.line, endColumn: range.end.column }),
    title: code,
  };
  const properties = Object.entries(place).map(([key, value]) => `${key}=${escaped(String(value), true)}`);
  return `::${COMMANDS[severity]} ${properties.join(",")}::${escaped(sentence(diagnostic), false)}\n`;
}

function escaped(text: string, property: boolean): string {
  const data = text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return property ? data.replaceAll(":", "%3A").replaceAll(",", "%2C") : data;
}
