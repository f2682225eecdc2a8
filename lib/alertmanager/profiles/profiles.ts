import type { IntegrationKey } from "../config/types";
import type { StructDefinition } from "../fields";
import { INTEGRATIONS } from "../integrations/integrations";
import { SHARED_PROGRAMS, type SharedProgram } from "./programs";

export type MatcherDialect = "classic" | "utf8" | "fallback";

/** What one version of one program understands; the validator and the printer ask this and nothing else. */
export interface TargetProfile {
  id: string;
  program: "alertmanager" | SharedProgram["program"];
  /** Of the Alertmanager, also of the one inside another program. */
  version: string;
  /** What the program around it adds, for the others. */
  shared: SharedProgram | null;
  matcherDialect: MatcherDialect;
  /**
   * What whoever runs the target asks of every alert before it comes to the root of the configuration, as one list:
   * `namespace="shop"`; "" for nothing. It is not in the configuration and never rendered.
   */
  injectedMatchers: string;
  /** How far the verdict of its real program is on record; beyond that we warn. */
  verdict: "check-config" | "reload";
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

/** Debian's build of 0.28, the one on record, leaves these out. */
const WITHOUT_JIRA: Readonly<Record<string, readonly string[]>> = {
  Receiver: ["jira_configs"],
  GlobalConfig: ["jira_api_url"],
};

function profile(
  version: number,
  build = "",
  leftOut: Readonly<Record<string, readonly string[]>> = {},
): TargetProfile {
  const reaches = (since: string | undefined) => since === undefined || minor(since) <= version;
  const known = new WeakMap<StructDefinition, Set<string>>();
  return {
    id: `alertmanager@0.${version}${build}`,
    program: "alertmanager",
    version: `0.${version}`,
    shared: null,
    // 0.27 brought the UTF-8 parser together with the fallback.
    matcherDialect: version >= 27 ? "fallback" : "classic",
    injectedMatchers: "",
    verdict: version >= 34 ? "reload" : "check-config",
    reaches,
    knows(struct, key) {
      let keys = known.get(struct);
      if (!keys) {
        const without = leftOut[struct.name] ?? [];
        const fields = struct.fields.filter((field) => reaches(field.since) && !without.includes(field.key));
        keys = new Set(fields.map((field) => field.key));
        known.set(struct, keys);
      }
      return keys.has(key);
    },
    knowsIntegration: (key) => reaches(INTEGRATIONS[key].since) && !leftOut.Receiver?.includes(key),
  };
}

/** By rising version; of two builds of one version the usual one comes last. */
const ALL = MINORS.flatMap((version) =>
  version === 28 ? [profile(28, "", WITHOUT_JIRA), profile(28, "-upstream")] : [profile(version)],
);

function sharedProfile(shared: SharedProgram): TargetProfile {
  const { program, version, matcherDialect } = shared;
  const id = `${program}@${version}`;
  return { ...profile(shared.alertmanager), id, program, matcherDialect, shared, verdict: "check-config" };
}

const PROFILES = new Map([...ALL, ...SHARED_PROGRAMS.map(sharedProfile)].map((entry) => [entry.id, entry]));

/** Of Alertmanager itself, by rising version. */
export const PROFILE_IDS: readonly string[] = ALL.map(({ id }) => id);
export const DEFAULT_PROFILE_ID = "alertmanager@0.34";

const injecting = new Map<string, TargetProfile>();
/** Of those that were asked for. */
const MOST_INJECTING = 1_000;

/**
 * The profile of `alertmanager@0.34`, also of a full version such as `alertmanager@0.33.1`, and of the programs that
 * run one inside: `mimir@3.2`, `cortex@1.21`, `prometheus-operator@0.93`. Matchers that the owner of a target puts before
 * all routes stand behind in braces: `alertmanager@0.34{namespace="shop"}`.
 * @throws RangeError for any other id.
 */
export function profileFor(id: string): TargetProfile {
  const found = PROFILES.get(id) ?? injecting.get(id);
  if (found) return found;
  const [, plain = id, matchers = ""] = /^([^{]*)\{(.*)\}$/s.exec(id) ?? [];
  const base = PROFILES.get(plain) ?? PROFILES.get(plain.replace(/^([a-z-]+@\d+\.\d+)\.\d+$/, "$1"));
  if (!base) throw new RangeError(`no profile ${id}; known: ${[...PROFILES.keys()].join(", ")}`);
  if (matchers === "") return base;
  if (injecting.size >= MOST_INJECTING) injecting.clear();
  const profile = { ...base, id: injectingId(base.id, matchers), injectedMatchers: matchers };
  injecting.set(id, profile);
  return profile;
}

/** The id of the profile of a target whose owner puts these matchers before all routes; "" for none. */
export function injectingId(id: string, matchers: string): string {
  return matchers === "" ? id : `${id}{${matchers}}`;
}

const inMode = new WeakMap<TargetProfile, Map<MatcherDialect, TargetProfile>>();

/** The profile of a target that was started with another matcher mode (`--enable-feature classic-mode`). */
export function profileInMode(profile: TargetProfile, mode: MatcherDialect | undefined): TargetProfile {
  if (mode === undefined || mode === profile.matcherDialect) return profile;
  const known = inMode.get(profile) ?? new Map<MatcherDialect, TargetProfile>();
  inMode.set(profile, known);
  const found = known.get(mode) ?? { ...profile, matcherDialect: mode };
  known.set(mode, found);
  return found;
}
