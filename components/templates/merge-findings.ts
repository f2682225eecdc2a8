import type { TemplateFinding } from "@/lib/alertmanager";

/** `versions` are set when not all of the profiles object. */
export type MergedFinding = TemplateFinding & { versions?: readonly string[] };

/** What the profiles of several targets find, each thing once and with the severity of the gravest. */
export function mergeFindings(
  found: readonly { version: string; findings: readonly TemplateFinding[] }[],
): MergedFinding[] {
  const merged = new Map<string, { finding: TemplateFinding; versions: string[] }>();
  for (const { version, findings } of found) {
    for (const finding of findings) {
      const { version: _, ...params } = finding.params;
      const key = JSON.stringify([finding.code, finding.file, finding.from, params]);
      const known = merged.get(key);
      if (!known) merged.set(key, { finding, versions: [version] });
      else {
        if (!known.versions.includes(version)) known.versions.push(version);
        if (RANK[finding.severity] < RANK[known.finding.severity]) known.finding = finding;
      }
    }
  }
  const all = new Set(found.map(({ version }) => version)).size;
  return [...merged.values()]
    .map(({ finding, versions }) => (versions.length < all ? { ...finding, versions } : finding))
    .sort((left, right) => left.from - right.from);
}

const RANK = { error: 0, warning: 1, info: 2 } as const;
