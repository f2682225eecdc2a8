import type { InhibitRule } from "../config/types";
import type { PastAlerts } from "../diff/behaviour/past-alerts";
import type { TargetProfile } from "../profiles";
import { firingsOf, firstAfter, Pool } from "./covers";
import { type CompiledInhibitRule, compileInhibitRules } from "./rule";

/** Starts and ends in turn, rising and apart: when inhibition rules muted an alert while it fired. */
export type MutedTimes = (alert: PastAlerts) => readonly number[];

const NEVER: readonly number[] = [];
const never: MutedTimes = () => NEVER;
const remembered = new WeakMap<object, { history: readonly PastAlerts[]; profile: TargetProfile; times: MutedTimes }>();

/**
 * When inhibition rules mute the alerts of a history: while a source of it fires. Which of several sources a target of
 * 0.30 or newer remembers is not known, and any of them counts. Remembered by the identity of the rules.
 */
export function mutedTimes(
  rules: readonly InhibitRule[] | undefined,
  profile: TargetProfile,
  history: readonly PastAlerts[],
): MutedTimes {
  const compiled = compileInhibitRules(rules, profile);
  if (!rules || compiled.length === 0) return never;
  const known = remembered.get(rules);
  if (known?.history === history && known.profile === profile) return known.times;
  const times = timesOf(compiled, history);
  remembered.set(rules, { history, profile, times });
  return times;
}

function timesOf(rules: readonly CompiledInhibitRule[], history: readonly PastAlerts[]): MutedTimes {
  const pools = rules.map((rule) => ({ rule, byEqual: poolsOf(rule, history) }));
  return (alert) => {
    const found: [from: number, to: number][] = [];
    for (const { rule, byEqual } of pools) {
      if (byEqual.size === 0 || !rule.isTarget(alert.labels)) continue;
      const pool = byEqual.get(rule.equalKey(alert.labels));
      if (!pool) continue;
      const covers = rule.isSource(alert.labels) ? pool.oneSided() : pool.all();
      for (const [start, end] of firingsOf(alert)) {
        for (let at = firstAfter(covers, start); at < covers.length && covers[at]!.from < end; at++) {
          found.push([Math.max(start, covers[at]!.from), Math.min(end, covers[at]!.to)]);
        }
      }
    }
    return found.length === 0 ? NEVER : apart(found);
  };
}

function poolsOf(rule: CompiledInhibitRule, history: readonly PastAlerts[]): Map<string, Pool> {
  const pools = new Map<string, Pool>();
  for (const alert of history) {
    if (!rule.isSource(alert.labels)) continue;
    const key = rule.equalKey(alert.labels);
    const pool = pools.get(key) ?? new Pool();
    pools.set(key, pool);
    pool.add(alert, rule.isTarget(alert.labels));
  }
  return pools;
}

function apart(spans: [from: number, to: number][]): number[] {
  const merged: number[] = [];
  for (const [from, to] of spans.sort((left, right) => left[0] - right[0])) {
    const last = merged.length - 1;
    if (last > 0 && from <= merged[last]!) merged[last] = Math.max(merged[last]!, to);
    else merged.push(from, to);
  }
  return merged;
}
