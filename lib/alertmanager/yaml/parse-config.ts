import type { Config, Path } from "../config/types";
import { DEFAULT_PROFILE_ID, profileFor, type TargetProfile } from "../profiles";
import { validateConfig } from "../validation";
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
  const seen = new Set(refusals.map(({ code, path }) => `${code} ${JSON.stringify(path)}`));
  const judged = validateConfig(config ?? {}, options.profile ?? profileFor(DEFAULT_PROFILE_ID));
  for (const diagnostic of judged) {
    const { code, path } = diagnostic;
    if (seen.has(`${code} ${JSON.stringify(path)}`)) continue;
    const range = diagnostic.range ?? nearest(path, code === "unknown_key" ? "key" : "value", rangeOf);
    const found: Diagnostic = range ? { ...diagnostic, range } : { ...diagnostic };
    if (code === "unknown_key" && found.upstream && range) found.upstream = withLine(found.upstream, range);
    diagnostics.push(found);
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

function withLine(upstream: string, range: SourceRange): string {
  return upstream.startsWith("field ") ? `yaml: unmarshal errors:\n  line ${range.start.line}: ${upstream}` : upstream;
}

function nearest(path: Path, part: "key" | "value", rangeOf: ParsedConfig["rangeOf"]): SourceRange | undefined {
  for (let length = path.length; length > 0; length--) {
    const range = rangeOf(path.slice(0, length), length === path.length ? part : "key");
    if (range) return range;
  }
  return undefined;
}
