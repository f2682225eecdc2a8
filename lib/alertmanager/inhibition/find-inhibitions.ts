import type { InhibitRule } from "../config/types";
import type { TargetProfile } from "../profiles";
import { items } from "../validation/context";
import { Inhibitor } from "./inhibitor";
import { compileInhibitRules } from "./rule";

type Labels = Readonly<Record<string, string>>;

/** A rule that mutes an alert, and the alerts that make it. */
export interface InhibitedBy {
  /** In `inhibit_rules`. */
  rule: number;
  name: string;
  sources: readonly Labels[];
}

/**
 * Which rules mute an alert while others fire, asked of one alert after the other. `firing` stand in the order in which
 * they end, the last one last: from 0.30 on a rule remembers one source for each set of `equal` labels only.
 */
export function findInhibitions(
  rules: readonly InhibitRule[] | undefined,
  profile: TargetProfile,
  firing: readonly Labels[],
): (target: Labels) => InhibitedBy[] {
  const ready = items(rules as never).flatMap((written, index) => {
    const compiled = compileInhibitRules([written as unknown as InhibitRule], profile);
    const [rule] = compiled;
    if (!rule) return [];
    const inhibitor = new Inhibitor(compiled, profile, { startedAt: 0, collectEvery: 1 });
    const byEqual = new Map<string, Labels[]>();
    for (const [at, labels] of firing.entries()) {
      if (!rule.isSource(labels)) continue;
      inhibitor.observe({ key: String(at), labels, endsAt: 2 }, 0);
      const key = rule.equalKey(labels);
      const known = byEqual.get(key);
      if (known) known.push(labels);
      else byEqual.set(key, [labels]);
    }
    return [{ index, rule, inhibitor, byEqual }];
  });
  return (target) =>
    ready.flatMap(({ index, rule, inhibitor, byEqual }) => {
      if (!rule.isTarget(target) || !inhibitor.inhibits(target, 0)) return [];
      const twoSided = rule.isSource(target);
      const agreeing = byEqual.get(rule.equalKey(target)) ?? [];
      return [
        { rule: index, name: rule.name, sources: agreeing.filter((labels) => !(twoSided && rule.isTarget(labels))) },
      ];
    });
}
