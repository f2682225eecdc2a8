import {
  type ConfigDocument,
  DEFAULT_PROFILE_ID,
  type Diagnostic,
  type Path,
  profileFor,
  type RenderedText,
  type SecretFactsByRef,
  type SourceRange,
  validateConfig,
} from "@/lib/alertmanager";
import type { Finding } from "../fields/judges";
import type { DefaultsByProfile, Place } from "./worker-protocol";

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** The place in the text of what stands at `path`, or of the nearest thing around it that is written. */
export function placeAround(path: Path, rangeOf: (path: Path) => SourceRange | undefined): Place | null {
  for (let length = path.length; length > 0; length--) {
    const range = rangeOf(path.slice(0, length));
    if (range) return { from: range.start.offset, to: range.end.offset };
  }
  return null;
}

/**
 * Findings of every profile, each once. What only some of the profiles object to, or object to most, says which.
 */
export function judged(profiles: readonly string[], look: (id: string) => readonly Diagnostic[]): Finding[] {
  const found = new Map<string, { finding: Finding; by: string[] }>();
  const judges = profiles.length > 0 ? profiles : [DEFAULT_PROFILE_ID];
  for (const id of judges) {
    for (const diagnostic of look(id)) {
      const key = JSON.stringify([diagnostic.code, diagnostic.path, diagnostic.params]);
      const known = found.get(key);
      const more = known ? RANK[diagnostic.severity] - RANK[known.finding.severity] : -1;
      if (more < 0) found.set(key, { finding: diagnostic, by: [id] });
      else if (more === 0 && !known?.by.includes(id)) known?.by.push(id);
    }
  }
  return [...found.values()].map(({ finding, by }) =>
    by.length < judges.length ? { ...finding, objectors: by } : finding,
  );
}

/** What can be said without making notifications. */
export function analyse(
  { config, templates }: ConfigDocument,
  secrets: SecretFactsByRef,
  profiles: readonly string[],
  defaults: DefaultsByProfile = {},
): Finding[] {
  return judged(profiles, (id) =>
    validateConfig(config, profileFor(id), { templates, secrets, defaults: defaults[id] }),
  );
}

/** The findings with the gravest first, and their places in the YAML that is published. */
export function placed(findings: readonly Finding[], rendered: RenderedText) {
  const sorted = findings.toSorted((a, b) => RANK[a.severity] - RANK[b.severity]);
  const places = new Int32Array(sorted.length * 2).fill(-1);
  const diagnostics = sorted.map(({ range, ...diagnostic }, index) => {
    const place = range
      ? { from: range.start.offset, to: range.end.offset }
      : placeAround(diagnostic.path, rendered.rangeOf);
    if (place) places.set([place.from, place.to], index * 2);
    return diagnostic;
  });
  return { diagnostics, places };
}
