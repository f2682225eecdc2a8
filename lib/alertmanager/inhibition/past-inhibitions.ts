import type { InhibitRule } from "../config/types";
import { type AlertClasses, classesOf, type PastAlerts } from "../diff/behaviour/past-alerts";
import type { TargetProfile } from "../profiles";
import { items } from "../validation/context";
import { covering, firingsOf, Pool } from "./covers";
import { type CompiledInhibitRule, compileInhibitRules } from "./rule";

type Labels = Readonly<Record<string, string>>;

/** A firing that a rule muted, and an alert that did it. */
export interface MutedFiring {
  labels: Labels;
  from: number;
  to: number;
  source: Labels;
  /** From its first to its last second. */
  wholly: boolean;
}

/** What one rule did in the past. */
export interface PastInhibition {
  /** In `inhibit_rules`. */
  rule: number;
  name: string;
  /** Firings that matched the source side, and the target side. */
  sources: number;
  targets: number;
  /** Targets that fired while a source did; and those that did so all the time. */
  muted: number;
  wholly: number;
  /** Of the muted ones that match the source side too, those that from 0.30 on may be notified about all the same. */
  uncertain: number;
  /** The longest muted first. */
  samples: readonly MutedFiring[];
}

export interface PastInhibitionOptions {
  /** Seconds since 1970: firings that ended before are not counted. */
  from?: number;
  /** How many firings each rule shows; 5 by default. */
  samples?: number;
}

/**
 * What inhibition rules muted in a history of alerts, rule by rule in the order in which they are written; a rule that
 * cannot be read is left out. A source counts while it fired. Which of several sources a target of 0.30 or newer
 * remembers depends on when each was posted, which a history does not tell: such alerts are counted as muted, and told as
 * `uncertain`.
 */
export function pastInhibitions(
  rules: readonly InhibitRule[] | undefined,
  profile: TargetProfile,
  history: readonly PastAlerts[],
  { from = Number.NEGATIVE_INFINITY, samples = 5 }: PastInhibitionOptions = {},
): PastInhibition[] {
  const compiled = items(rules as never).flatMap((written, index) => {
    const [rule] = compileInhibitRules([written as unknown as InhibitRule], profile);
    return rule ? [{ rule, index }] : [];
  });
  const classes = classesOf(history, new Set(compiled.flatMap(({ rule }) => rule.labelNames)));
  return compiled.map(({ rule, index }) => pastOf(rule, index, profile, classes, from, samples));
}

function pastOf(
  rule: CompiledInhibitRule,
  index: number,
  profile: TargetProfile,
  classes: AlertClasses,
  from: number,
  samples: number,
): PastInhibition {
  const targets: { alert: PastAlerts; twoSided: boolean }[] = [];
  const pools = new Map<string, Pool>();
  const found: PastInhibition = { rule: index, name: rule.name, ...NOTHING, samples: [] };
  for (const [at, labels] of classes.labels.entries()) {
    const [source, target] = [rule.isSource(labels), rule.isTarget(labels)];
    if (!source && !target) continue;
    for (const alert of classes.members(at)) {
      const many = count(alert, from);
      if (target) {
        targets.push({ alert, twoSided: source });
        found.targets += many;
      }
      if (!source) continue;
      found.sources += many;
      const key = rule.equalKey(alert.labels);
      const pool = pools.get(key) ?? new Pool();
      pools.set(key, pool);
      pool.add(alert, target);
    }
  }
  const longest = new Longest(samples);
  for (const { alert, twoSided } of targets) {
    const pool = pools.get(rule.equalKey(alert.labels));
    if (!pool) continue;
    const covers = twoSided ? pool.oneSided() : pool.all();
    for (const [start, end] of firingsOf(alert, from)) {
      const cover = covering(covers, start, end);
      if (!cover) continue;
      const wholly = cover.from <= start && end <= cover.to;
      found.muted++;
      if (wholly) found.wholly++;
      if (twoSided && profile.reaches("0.30")) found.uncertain++;
      longest.offer({ labels: alert.labels, from: start, to: end, source: cover.labels, wholly });
    }
  }
  return { ...found, samples: longest.sorted() };
}

const NOTHING = { sources: 0, targets: 0, muted: 0, wholly: 0, uncertain: 0 };

function count({ firings }: PastAlerts, from: number): number {
  let many = 0;
  for (let at = 1; at < firings.length; at += 2) if (firings[at]! > from) many++;
  return many;
}

/** Keeps the few that lasted longest. */
class Longest {
  readonly #kept: MutedFiring[] = [];

  constructor(private readonly most: number) {}

  offer(firing: MutedFiring): void {
    const last = this.#kept.at(-1);
    if (this.#kept.length >= this.most && (!last || lasting(firing) <= lasting(last))) return;
    this.#kept.push(firing);
    this.#kept.sort((left, right) => lasting(right) - lasting(left));
    if (this.#kept.length > this.most) this.#kept.pop();
  }

  sorted(): readonly MutedFiring[] {
    return this.#kept;
  }
}

function lasting({ from, to }: MutedFiring): number {
  return to - from;
}
