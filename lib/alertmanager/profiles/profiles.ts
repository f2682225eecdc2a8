import type { IntegrationKey } from "../config/types";
import type { StructDefinition } from "../fields";
import { INTEGRATIONS } from "../integrations/integrations";

export type MatcherDialect = "classic" | "utf8" | "fallback";

/** What one version of one program understands; the validator and the printer ask this and nothing else. */
export interface TargetProfile {
  id: string;
  program: "alertmanager";
  version: string;
  matcherDialect: MatcherDialect;
  /** Whether a first-known version such as `0.30` is reached. */
  reaches(since: string | undefined): boolean;
  /** False for keys unknown to upstream and for keys that came later than this version. */
  knows(struct: StructDefinition, key: string): boolean;
  knowsIntegration(key: IntegrationKey): boolean;
}

const MINORS = [25, 26, 27, 28, 29, 30, 31, 32, 33, 34] as const;

function minor(version: string): number {
  return Number(version.split(".")[1]);
}

function profile(version: number): TargetProfile {
  const reaches = (since: string | undefined) => since === undefined || minor(since) <= version;
  const known = new WeakMap<StructDefinition, Set<string>>();
  return {
    id: `alertmanager@0.${version}`,
    program: "alertmanager",
    version: `0.${version}`,
    // 0.27 brought the UTF-8 parser together with the fallback.
    matcherDialect: version >= 27 ? "fallback" : "classic",
    reaches,
    knows(struct, key) {
      let keys = known.get(struct);
      if (!keys) {
        keys = new Set(struct.fields.filter((field) => reaches(field.since)).map((field) => field.key));
        known.set(struct, keys);
      }
      return keys.has(key);
    },
    knowsIntegration: (key) => reaches(INTEGRATIONS[key].since),
  };
}

const PROFILES = new Map(MINORS.map((version) => [`alertmanager@0.${version}`, profile(version)]));

export const PROFILE_IDS: readonly string[] = [...PROFILES.keys()];
export const DEFAULT_PROFILE_ID = "alertmanager@0.34";

/**
 * The profile of `alertmanager@0.34`, also of a full version such as `alertmanager@0.33.1`.
 * @throws RangeError for an id outside `PROFILE_IDS`.
 */
export function profileFor(id: string): TargetProfile {
  const found = PROFILES.get(id) ?? PROFILES.get(id.replace(/^(alertmanager@0\.\d+)\.\d+$/, "$1"));
  if (!found) throw new RangeError(`no profile ${id}; known: ${PROFILE_IDS.join(", ")}`);
  return found;
}
