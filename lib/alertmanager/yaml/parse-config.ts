import type { Config, Path } from "../config/types";
import { DEFAULT_PROFILE_ID, profileFor, type TargetProfile } from "../profiles";
import { type DiagnosticCode, validateConfig } from "../validation";
import type { Diagnostic, SourceRange } from "../validation/diagnostic";
import type { Refusal } from "./decode";
import { decodeConfig } from "./decode-config";
import type { Source } from "./source";

export interface ParsedConfig {
  /** `null` when the text is no YAML mapping. */
  config: Config | null;
  diagnostics: Diagnostic[];
  /** Where `path` stands in the text. */
  rangeOf(path: Path, part?: "key" | "value"): SourceRange | undefined;
}

/**
 * Reads an Alertmanager configuration as strictly as the real program does, and judges it for `profile`.
 * Only the first YAML document counts. Ids of `previous` are kept for what is still there.
 */
export function parseConfig(
  text: string,
  options: { profile?: TargetProfile; previous?: Config; newId: () => string },
): ParsedConfig {
  const { source, config, refusals, fatal, rangeOf } = decodeConfig(text, options);
  if (fatal) return { config: null, diagnostics: [fatal], rangeOf };
  const diagnostics = refusals.map((refusal) => refusalDiagnostic(source, refusal));
  const [first] = diagnostics;
  if (first) first.upstream = listedTogether(source, refusals);
  const told = new Map(diagnostics.map((diagnostic) => [placeOf(diagnostic), diagnostic]));
  const unread = new Set(refusals.flatMap(({ code, path }) => (code === "unknown_key" ? [JSON.stringify(path)] : [])));
  const judged = validateConfig(config ?? {}, options.profile ?? profileFor(DEFAULT_PROFILE_ID));
  for (const diagnostic of judged) {
    const { code, path } = diagnostic;
    const known = told.get(placeOf(diagnostic));
    if (!known && isBelow(path, unread)) continue;
    if (known) {
      // The validator knows more (a suggestion, a fix); the decoder knows the place and upstream's words.
      const { upstream, range, stage } = known;
      if (FAMILIES[code]) Object.assign(known, diagnostic, { severity: "error", upstream, range, stage });
      continue;
    }
    const range = diagnostic.range ?? nearest(path, FAMILIES[code] === "key" ? "key" : "value", rangeOf);
    diagnostics.push(range ? { ...diagnostic, range } : { ...diagnostic });
  }
  if (source.extraDocument) {
    const { offset, end } = source.extraDocument;
    diagnostics.push({
      code: "extra_document",
      severity: "warning",
      path: [],
      params: {},
      message: "Alertmanager reads only the first YAML document; the rest is ignored",
      range: source.range(offset, end),
    });
  }
  return { config, diagnostics, rangeOf };
}

function refusalDiagnostic(source: Source, refusal: Refusal): Diagnostic {
  const [start, end] = refusal.node.range ?? [0, 0];
  const { code, path, params } = refusal;
  return {
    code,
    severity: "error",
    path,
    params,
    message: messageOf(refusal),
    upstream: `yaml: unmarshal errors:\n  ${listed(source, refusal)}`,
    range: source.range(start, start + source.text.slice(start, end).trimEnd().length),
    stage: "load",
  };
}

function messageOf({ code, params, text }: Refusal): string {
  if (code === "unknown_key") return `Alertmanager does not know the key ${params.key} here`;
  if (code === "duplicate_key") return `${params.key} is set twice here`;
  if (code === "wrong_type") return `${params.key} must be ${params.expected}, not ${params.actual}`;
  return `This is not valid YAML: ${text}`;
}

function listed(source: Source, { node, text }: Refusal): string {
  return `line ${source.line(node.range?.[0] ?? 0)}: ${text}`;
}

/** The real program stops once, with all of these in one message. */
function listedTogether(source: Source, refusals: readonly Refusal[]): string {
  return ["yaml: unmarshal errors:", ...refusals.map((refusal) => `  ${listed(source, refusal)}`)].join("\n");
}

/** Findings about one thing that the decoder and the validator both make. */
const FAMILIES: Partial<Record<DiagnosticCode, "key" | "type">> = {
  unknown_key: "key",
  unknown_key_suggestion: "key",
  key_too_new: "key",
  integration_too_new: "key",
  wrong_type: "type",
  invalid_go_duration: "type",
  number_out_of_range: "type",
};

function placeOf({ code, path }: Diagnostic): string {
  return `${FAMILIES[code] ?? code} ${JSON.stringify(path)}`;
}

/** At or below a key that the target does not know: it reads nothing of it. */
function isBelow(path: Path, unread: ReadonlySet<string>): boolean {
  return unread.size > 0 && path.some((_, index) => unread.has(JSON.stringify(path.slice(0, index + 1))));
}

function nearest(path: Path, part: "key" | "value", rangeOf: ParsedConfig["rangeOf"]): SourceRange | undefined {
  for (let length = path.length; length > 0; length--) {
    const range = rangeOf(path.slice(0, length), length === path.length ? part : "key");
    if (range) return range;
  }
  return undefined;
}
