import {
  type ConfigDocument,
  DEFAULT_PROFILE_ID,
  type Diagnostic,
  type Path,
  profileFor,
  type RenderedText,
  renderConfig,
  type SecretFactsByRef,
  type SourceRange,
  validateConfig,
} from "@/lib/alertmanager";
import type { Analysis, Place } from "./worker-protocol";

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** The place in the text of what stands at `path`, or of the nearest thing around it that is written. */
export function placeAround(path: Path, rangeOf: (path: Path) => SourceRange | undefined): Place | null {
  for (let length = path.length; length > 0; length--) {
    const range = rangeOf(path.slice(0, length));
    if (range) return { from: range.start.offset, to: range.end.offset };
  }
  return null;
}

/** Findings for every profile, each once and the gravest first, with their places in the YAML that is published. */
export function analyse(
  document: ConfigDocument,
  secrets: SecretFactsByRef,
  profiles: readonly string[],
): Analysis & { rendered: RenderedText } {
  const rendered = renderConfig(document);
  const found = new Map<string, Diagnostic>();
  for (const id of profiles.length > 0 ? profiles : [DEFAULT_PROFILE_ID]) {
    const diagnostics = validateConfig(document.config, profileFor(id), { templates: document.templates, secrets });
    for (const diagnostic of diagnostics) {
      const key = JSON.stringify([diagnostic.code, diagnostic.path, diagnostic.params]);
      const known = found.get(key);
      if (!known || RANK[diagnostic.severity] < RANK[known.severity]) found.set(key, diagnostic);
    }
  }
  const sorted = [...found.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  const places = new Int32Array(sorted.length * 2).fill(-1);
  const diagnostics = sorted.map(({ range, ...diagnostic }, index) => {
    const place = range
      ? { from: range.start.offset, to: range.end.offset }
      : placeAround(diagnostic.path, rendered.rangeOf);
    if (place) places.set([place.from, place.to], index * 2);
    return diagnostic;
  });
  return { diagnostics, places, yaml: rendered.yaml, rendered };
}
