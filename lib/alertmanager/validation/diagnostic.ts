import type { Json, Path } from "../config/types";
import type { DiagnosticCode } from "./diagnostic-codes";

export type Severity = "error" | "warning" | "info";

/** 1-based lines and columns (columns in UTF-16 units, as CodeMirror counts), 0-based offsets; `end` is exclusive. */
export interface SourceRange {
  start: { line: number; column: number; offset: number };
  end: { line: number; column: number; offset: number };
}

/** A mechanical repair, applied to the `Config` on one click: set (or with `value` undefined delete) what stands at `path`. */
export interface Fix {
  code: string;
  edits: readonly { path: Path; value?: Json }[];
}

/** A finding: collected, never thrown. `message` is English; the interface looks its text up by `code` with `params`. */
export interface Diagnostic {
  code: DiagnosticCode;
  severity: Severity;
  path: Path;
  params: Readonly<Record<string, string | number>>;
  message: string;
  /** What Alertmanager itself would say, verbatim. */
  upstream?: string;
  range?: SourceRange;
  stage?: "load" | "templates" | "reload" | "notify";
  fix?: Fix;
}
