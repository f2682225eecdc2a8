import type { Diagnostic, Severity } from "@/lib/alertmanager";
import type { SeverityLevel } from "../ui/severity";

export const LEVELS: Record<Severity, SeverityLevel> = { error: "critical", warning: "warning", info: "info" };

/** The level of the gravest of them. */
export function worstLevel(diagnostics: readonly Diagnostic[]): SeverityLevel {
  for (const severity of ["error", "warning"] as const) {
    if (diagnostics.some((diagnostic) => diagnostic.severity === severity)) return LEVELS[severity];
  }
  return LEVELS.info;
}
