import {
  type ConfigDocument,
  type Diagnostic,
  type Path,
  profileFor,
  renderConfig,
  type SecretFactsByRef,
  type SourceRange,
  validateConfig,
} from "@/lib/alertmanager";
import type { Analysis } from "./worker-protocol";

const RANK = { error: 0, warning: 1, info: 2 } as const;

/** The place in the text of what stands at `path`, or of the nearest thing around it that is written. */
function rangeAround(path: Path, rangeOf: (path: Path) => SourceRange | undefined): SourceRange | undefined {
  for (let length = path.length; length > 0; length--) {
    const range = rangeOf(path.slice(0, length));
    if (range) return range;
  }
  return undefined;
}

/** Findings for every profile, each once, with their places in the YAML that is published. */
export function analyse(document: ConfigDocument, secrets: SecretFactsByRef, profiles: readonly string[]): Analysis {
  const rendered = renderConfig(document);
  const found = new Map<string, Diagnostic>();
  for (const id of profiles) {
    const diagnostics = validateConfig(document.config, profileFor(id), { templates: document.templates, secrets });
    for (const diagnostic of diagnostics) {
      const key = JSON.stringify([diagnostic.code, diagnostic.path, diagnostic.params]);
      const known = found.get(key);
      if (known && RANK[known.severity] <= RANK[diagnostic.severity]) continue;
      const range = diagnostic.range ?? rangeAround(diagnostic.path, rendered.rangeOf);
      found.set(key, range ? { ...diagnostic, range } : diagnostic);
    }
  }
  const diagnostics = [...found.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  return { diagnostics, yaml: rendered.yaml };
}
