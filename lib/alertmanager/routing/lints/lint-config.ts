import type { Config } from "../../config/types";
import type { TargetProfile } from "../../profiles";
import type { Diagnostic } from "../../validation/diagnostic";
import { lintGrouping, lintTimers } from "./grouping";
import { Findings, type LintOptions } from "./lint";
import { lintMatchers } from "./matchers";
import { type Intervals, intervalsOf, lintMuted } from "./muted";
import { type Place, placesOf } from "./places";
import { type Demands, demandsOf, NO_DEMANDS } from "./reach";
import { lintReachability } from "./reachability";
import { lintTemplates } from "./templates";
import { lintUnused } from "./unused";

/**
 * What works otherwise than it looks in a configuration that the target loads: routes that nothing reaches or that keep
 * everything, names that nothing uses, patterns and timers that mean something simpler. Severities are `warning` and
 * `info`; `params.proof` is `proven` (for every possible alert) or `no_example` (for the alerts of `seen`). The `fix` of
 * a route that is proven unreachable, and that of a pattern, leave every alert its receivers.
 *
 * It repeats `receiver_unused`, `time_interval_unused` and `route_unreachable` of `validateConfig` with a fix:
 * `withLints` puts the two together. Never throws on a draft.
 */
export function lintConfig(
  config: Config,
  profile: TargetProfile,
  { seen, templates }: LintOptions = {},
): Diagnostic[] {
  const findings = new Findings(profile, seen ?? null);
  const root = placesOf(config, profile);
  if (root) {
    lintReachability(root, findings);
    lintRoute(root, NO_DEMANDS, intervalsOf(config), findings);
  }
  lintUnused(config, findings);
  if (templates) lintTemplates(config, templates, findings);
  return findings.found;
}

/** Findings of both, each once: what the lints found stands in the place of the same that `validateConfig` found. */
export function withLints(diagnostics: readonly Diagnostic[], lints: readonly Diagnostic[]): Diagnostic[] {
  const key = ({ code, path }: Diagnostic) => JSON.stringify([code, path]);
  const better = new Map(lints.map((lint) => [key(lint), lint]));
  const both = diagnostics.map((diagnostic) => {
    const lint = better.get(key(diagnostic));
    if (!lint) return diagnostic;
    better.delete(key(diagnostic));
    return { ...diagnostic, ...lint };
  });
  return [...both, ...better.values()];
}

function lintRoute(place: Place, parents: Demands, intervals: Intervals, findings: Findings) {
  const demands = demandsOf(place.route, parents) ?? parents;
  lintMatchers(place, findings);
  lintGrouping(place, demands, findings);
  lintTimers(place, findings);
  lintMuted(place, intervals, findings);
  for (const child of place.children) lintRoute(child, demands, intervals, findings);
}
