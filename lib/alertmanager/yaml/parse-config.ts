import type { Config, Path } from "../config/types";
import { DEFAULT_PROFILE_ID, type MatcherDialect, profileFor, profileInMode, type TargetProfile } from "../profiles";
import type { DiagnosticCode } from "../validation";
import { originOf } from "../validation/context";
import type { Diagnostic, SourceRange } from "../validation/diagnostic";
import { firstRefusal } from "../validation/first-refusal";
import { judgeConfig } from "../validation/validate-config";
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

export interface ParseOptions {
  profile?: TargetProfile;
  /** The draft that the text replaces: what is still there keeps its ids. */
  previous?: Config;
  /** What lies beside the configuration, by relative path; when given, what is absent is missing. */
  files?: Readonly<Record<string, string>>;
  /** The mode in which the target was started, where it is not the usual one of its version. */
  matcherMode?: MatcherDialect;
  newId: () => string;
}

/**
 * Reads an Alertmanager configuration as strictly as the real program does, and judges it for `profile`.
 * Only the first YAML document counts. The first finding is the one at which the real program stops (if it does), with
 * its text as `upstream`; the others follow in the order of the text.
 */
export function parseConfig(text: string | Uint8Array, options: ParseOptions): ParsedConfig {
  const profile = profileInMode(options.profile ?? profileFor(DEFAULT_PROFILE_ID), options.matcherMode);
  const { source, config, refusals, fatal, rangeOf } = decodeConfig(text, { ...options, profile });
  if (fatal) return { config: null, diagnostics: [fatal], rangeOf };
  const told = new Map<string, Diagnostic>();
  const again: Diagnostic[] = [];
  for (const refusal of refusals) {
    const diagnostic = refusalDiagnostic(source, refusal);
    const place = placeOf(diagnostic);
    if (told.has(place)) again.push(diagnostic);
    else told.set(place, diagnostic);
  }
  const unread = new Set(refusals.flatMap(({ code, path }) => (code === "unknown_key" ? [JSON.stringify(path)] : [])));
  const judged: Diagnostic[] = [];
  for (const diagnostic of judgeConfig(config ?? {}, profile, options.files ? { files: options.files } : {})) {
    const { code, path } = diagnostic;
    const known = told.get(placeOf(diagnostic));
    if (!known && isBelow(path, unread)) continue;
    if (!known) judged.push(diagnostic);
    else if (FAMILIES[code]) {
      // The validator knows more (a suggestion, a fix); the decoder knows the place and upstream's words.
      const { upstream, range, stage } = known;
      Object.assign(known, diagnostic, { severity: "error", upstream, range, stage });
    }
  }
  const all = [...told.values(), ...again].sort((left, right) => offset(left) - offset(right));
  const [stops, listed] = [all.filter(isStop), all.filter((diagnostic) => !isStop(diagnostic))];
  // The real program stops once, with all of these in one message.
  const lines = listed.map(({ upstream = "" }) => upstream.slice(HEAD.length));
  if (listed[0]) listed[0].upstream = HEAD + lines.join("");
  const first = firstRefusal(
    [...listed, ...judged],
    refusals.map(({ path }) => path),
  );
  const placed = judged.map((diagnostic) => {
    const range =
      diagnostic.range ?? nearest(diagnostic.path, FAMILIES[diagnostic.code] === "key" ? "key" : "value", rangeOf);
    return { diagnostic, shown: range ? { ...diagnostic, range } : { ...diagnostic } };
  });
  const rest = [...all, ...placed.map(({ shown }) => shown), ...extraDocument(source)];
  const met = placed.find(({ diagnostic }) => diagnostic === first);
  const [stop] = stops;
  // What a value refuses itself for ends the decoding as much as what cannot be decoded at all.
  const before = met && stop && originOf(met.diagnostic)?.phase === "decode" && offset(met.shown) < offset(stop);
  const head = stop && !before ? stop : (met?.shown ?? first);
  const ordered = rest.filter((diagnostic) => diagnostic !== head).sort((left, right) => offset(left) - offset(right));
  return { config, diagnostics: head ? [head, ...ordered] : ordered, rangeOf };
}

function offset({ range }: Diagnostic): number {
  return range?.start.offset ?? 0;
}

/** Upstream does not list it: it stops there. */
function isStop({ code }: Diagnostic): boolean {
  return code === "yaml_syntax";
}

function extraDocument(source: Source): Diagnostic[] {
  if (!source.extraDocument) return [];
  const { offset: start, end } = source.extraDocument;
  const message = "Alertmanager reads only the first YAML document; the rest is ignored";
  const range = source.range(start, end);
  return [{ code: "extra_document", severity: "warning", path: [], params: {}, message, range }];
}

function refusalDiagnostic(source: Source, refusal: Refusal): Diagnostic {
  const { code, path, params, node, mark, text, stops } = refusal;
  return {
    code,
    severity: "error",
    path,
    params,
    message: messageOf(refusal),
    upstream: stops ? `yaml: ${text}` : `${HEAD}\n  line ${source.line(mark)}: ${text}`,
    range: source.range(node.start, node.end),
    stage: "load",
  };
}

function messageOf({ code, params, text }: Refusal): string {
  if (code === "unknown_key") return `Alertmanager does not know the key ${params.key} here`;
  if (code === "duplicate_key") return `${params.key} is set twice here`;
  if (code === "wrong_type") return `${params.key} must be ${params.expected}, not ${params.actual}`;
  return `This is not valid YAML: ${text}`;
}

const HEAD = "yaml: unmarshal errors:";

/** Findings about one thing that the decoder and the validator both make. */
const FAMILIES: Partial<Record<DiagnosticCode, "key" | "type">> = {
  unknown_key: "key",
  unknown_key_suggestion: "key",
  key_too_new: "key",
  key_left_out: "key",
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
