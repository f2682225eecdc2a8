export { isObject } from "../config/is-object";

import type { SecretFactsByRef } from "../config/secret-ref";
import type { Json, Path } from "../config/types";
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

/** When the real program would stop: while it decodes, once all is decoded, or when it puts it to use. */
export type Phase = "decode" | "config" | "use";

interface Origin {
  phase: Phase;
  /** Where the struct stands whose own rules found it: they are not asked when the struct itself does not decode. */
  struct: Path | null;
}

const origins = new WeakMap<Diagnostic, Origin>();

/** Kept beside the finding, which goes to people; `undefined` for findings that are none of the validator's. */
export function originOf(diagnostic: Diagnostic): Origin | undefined {
  return origins.get(diagnostic);
}

/** Collects findings; the path is one mutable stack, copied only when something is found. */
export class Context {
  readonly diagnostics: Diagnostic[] = [];
  readonly path: (string | number)[] = [];
  phase: Phase = "decode";
  #struct: number | null = null;

  constructor(
    readonly profile: TargetProfile,
    readonly secrets: SecretFactsByRef | undefined,
  ) {}

  report(code: DiagnosticCode, { severity = "error", params = {}, upstream, stage, fix }: Finding, ...below: Path) {
    const diagnostic: Diagnostic = {
      code,
      severity,
      path: [...this.path, ...below],
      params,
      message: messageOf(code, params),
      ...(upstream !== undefined && { upstream }),
      ...(severity === "error" && { stage: stage ?? "load" }),
      ...(severity !== "error" && stage && { stage }),
      ...(fix && { fix }),
    };
    this.diagnostics.push(diagnostic);
    const struct = this.#struct === null ? null : this.path.slice(0, this.#struct);
    origins.set(diagnostic, { phase: this.phase, struct });
  }

  /** Runs the rules that the struct at the current path has of itself. */
  rules(check: () => void) {
    const outer = this.#struct;
    this.#struct = this.path.length;
    check();
    this.#struct = outer;
  }

  /** Runs rules of values, which are asked whatever else of their struct does not decode. */
  values(check: () => void) {
    const outer = this.#struct;
    this.#struct = null;
    check();
    this.#struct = outer;
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
