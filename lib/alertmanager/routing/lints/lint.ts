import type { Path, TemplateFile } from "../../config/types";
import type { TargetProfile } from "../../profiles";
import { messageOf } from "../../validation/context";
import type { Diagnostic, Fix } from "../../validation/diagnostic";
import type { DiagnosticCode } from "../../validation/diagnostic-codes";

/** How sure a lint is: it holds for every possible alert, or for all that the history knows. */
export type Proof = "proven" | "no_example";

/** The labels of the tenant's own alerts. */
export interface SeenLabels {
  /** How many alerts were seen. */
  readonly alerts: number;
  /** Of each label the values, with the number of alerts that had them. */
  readonly values: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface LintOptions {
  readonly seen?: SeenLabels;
  /** The files that are published with the configuration; with them what nothing uses is told. */
  readonly templates?: readonly TemplateFile[];
}

/** Collects what the lints find. */
export class Findings {
  readonly found: Diagnostic[] = [];

  constructor(
    readonly profile: TargetProfile,
    readonly seen: SeenLabels | null,
  ) {}

  add(
    code: DiagnosticCode,
    path: Path,
    params: Record<string, string | number> = {},
    { proof = "proven", severity = "info", fix }: { proof?: Proof; severity?: "info" | "warning"; fix?: Fix } = {},
  ) {
    const told = { ...params, proof };
    this.found.push({ code, severity, path, params: told, message: messageOf(code, told), ...(fix && { fix }) });
  }
}

/** Of the labels in the history. */
export function seenValues({ values }: SeenLabels, name: string): Readonly<Record<string, number>> {
  return Object.hasOwn(values, name) ? values[name]! : {};
}

/** A removal, as a fix. */
export function removal(code: string, path: Path): Fix {
  return { code, edits: [{ path }] };
}
