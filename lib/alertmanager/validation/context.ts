import type { SecretFactsByRef } from "../config/secret-ref";
import type { Json, JsonObject, Path } from "../config/types";
import type { TargetProfile } from "../profiles/profiles";
import type { Diagnostic, Fix, Severity } from "./diagnostic";
import { DIAGNOSTIC_MESSAGES, type DiagnosticCode } from "./diagnostic-codes";

export interface Finding {
  severity?: Severity;
  params?: Record<string, string | number>;
  upstream?: string;
  stage?: Diagnostic["stage"];
  fix?: Fix;
}

/** Collects findings; the path is one mutable stack, copied only when something is found. */
export class Context {
  readonly diagnostics: Diagnostic[] = [];
  readonly path: (string | number)[] = [];

  constructor(
    readonly profile: TargetProfile,
    readonly secrets: SecretFactsByRef | undefined,
  ) {}

  report(code: DiagnosticCode, { severity = "error", params = {}, upstream, stage, fix }: Finding, ...below: Path) {
    this.diagnostics.push({
      code,
      severity,
      path: [...this.path, ...below],
      params,
      message: messageOf(code, params),
      ...(upstream !== undefined && { upstream }),
      ...(severity === "error" && { stage: stage ?? "load" }),
      ...(severity !== "error" && stage && { stage }),
      ...(fix && { fix }),
    });
  }

  /** Runs `visit` with `step` on the path. */
  at<T>(step: string | number, visit: () => T): T {
    this.path.push(step);
    const result = visit();
    this.path.pop();
    return result;
  }

  below(...steps: Path): Path {
    return [...this.path, ...steps];
  }
}

export function messageOf(code: DiagnosticCode, params: Readonly<Record<string, string | number>>): string {
  return DIAGNOSTIC_MESSAGES[code].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The items of a list, none for anything else. */
export function items(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** Whether a string field holds something; scalars of another type become strings in Alertmanager. */
export function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** What a string field holds once decoded. */
export function textOf(value: unknown): string {
  return value === undefined || value === null || typeof value === "object" ? "" : String(value);
}
