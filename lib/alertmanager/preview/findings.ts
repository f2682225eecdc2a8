import type { JsonObject, Path } from "../config/types";
import type { Diagnostic, DiagnosticCode, Severity } from "../validation";
import { messageOf } from "../validation/context";
import { outcomeOf, pathIn, warningsOf } from "./preview-receiver";
import { blanks } from "./readable";
import type { CaseRun, IntegrationRun } from "./run-receiver";

interface Found {
  code: DiagnosticCode;
  severity: Severity;
  path: Path;
  upstream?: string;
}

/** What these cases hold is made to be cut. */
const OVERLONG: ReadonlySet<string> = new Set(["huge", "hostile"]);
/** What the environment of the target may have, which is not known here. */
const ENVIRONMENT = /^region not configured/;
const RANK = { error: 0, warning: 1, info: 2 } as const;

/** What an integration shows in all cases, each thing once with the cases in which it does. */
export function findingsOf(integration: IntegrationRun, receiver: number, used: boolean): Diagnostic[] {
  const all = new Map<string, Found & { cases: string[] }>();
  for (const run of integration.cases) {
    for (const found of inCase(integration, run)) {
      const key = JSON.stringify([found.code, found.path]);
      const known = all.get(key);
      if (!known) all.set(key, { ...found, cases: [run.case] });
      else {
        if (RANK[found.severity] < RANK[known.severity]) known.severity = found.severity;
        if (!known.cases.includes(run.case)) known.cases.push(run.case);
      }
    }
  }
  const above: Path = ["receivers", receiver, integration.key, integration.index];
  return [...all.values()].map((found) => diagnosticOf(found, above, used));
}

function diagnosticOf(
  { code, severity, path, upstream, cases }: Found & { cases: string[] },
  above: Path,
  used: boolean,
) {
  const params = { key: path.join(".") || String(above[2]), cases: cases.join(", ") };
  const diagnostic: Diagnostic = {
    code,
    // What no route leads to is never built.
    severity: used || severity !== "error" ? severity : "warning",
    path: [...above, ...path],
    params,
    message: messageOf(code, params),
    ...(upstream !== undefined && { upstream }),
    stage: "notify",
  };
  return diagnostic;
}

function inCase(integration: IntegrationRun, run: CaseRun): Found[] {
  const { key, written } = integration;
  if (run.crash !== undefined) return [error("notification_crashes", [], run.crash)];
  const failed = run.traces.flatMap((trace) => trace.failed);
  if (failed.some(({ error: words }) => isToldAlready(words))) return [];
  if (run.failure) {
    const templates = failed.map(({ path, error: words }) =>
      error("notification_template_fails", pathIn(written, path), words),
    );
    if (templates.length > 0) return templates;
    const fails = error("notification_fails", [], run.failure.message);
    return [ENVIRONMENT.test(run.failure.message) ? { ...fails, severity: "warning" } : fails];
  }
  if (outcomeOf(run) !== "sent") return [];
  const mandatory = run.traces.flatMap((trace) => blanks(key, written, trace, run.firing));
  const isMandatory = (path: Path) =>
    mandatory.some((blank) => blank.mandatory && pathIn(written, blank.path).join("\0") === path.join("\0"));
  return warningsOf(integration, run).map(({ code, path, message }): Found => {
    if (code === "template_ignored") return error("template_ignored", path, message ?? "");
    if (code === "truncated") {
      return { code: "notification_truncated", severity: isMeant(written, path, run) ? "info" : "warning", path };
    }
    return { code: "notification_blank", severity: isMandatory(path) && run.firing ? "error" : "warning", path };
  });
}

/** A cut that is no news: of a text that is made to be cut, or of one that nobody wrote. */
function isMeant(written: JsonObject, path: Path, run: CaseRun): boolean {
  return OVERLONG.has(run.case) || !Object.hasOwn(written, String(path[0]));
}

function error(code: DiagnosticCode, path: Path, upstream: string): Found {
  return { code, severity: "error", path, upstream };
}

/** What does not parse and what is not defined is told by `validateConfig`, which knows better what may be there. */
export function isToldAlready(words: string): boolean {
  if (/template "?.*"? not defined$/s.test(words)) return true;
  return /^template: /.test(words) && !words.includes(": executing ") && !words.includes("a limit of Signalbox");
}
