import type { TargetProfile } from "../profiles";
import type { CompiledInhibitRule } from "./rule";

type Labels = Readonly<Record<string, string>>;

/** What inhibition needs to know of an alert. */
export interface SourceAlert {
  /** The same for the same labels. */
  readonly key: string;
  readonly labels: Labels;
  /** On the caller's clock. */
  readonly endsAt: number;
}

/** The memory of one rule: the alerts that may inhibit others by it. */
interface Sources {
  put(alert: SourceAlert, now: number): void;
  /** Whether an active source agrees with the target in all labels of `equal`. */
  inhibits(target: Labels, now: number): boolean;
}

/**
 * Which alerts are inhibited, as the target judges. It is fed every alert, also silenced and inhibited ones, and
 * forgets resolved ones every `collectEvery`, counted from `startedAt`; all instants are on one clock of the caller's.
 *
 * Up to 0.29 every active source counts. Since 0.30 a rule remembers one source for each set of `equal` labels (the
 * one that ends last, on a tie the later one): when that one matches the target side too it does not inhibit an alert
 * that matches both sides, even though another source might; and when a resolved source of the same set is forgotten,
 * the remembered one is as well, until it is posted again.
 */
export class Inhibitor {
  readonly #rules: readonly { rule: CompiledInhibitRule; sources: Sources }[];

  constructor(
    rules: readonly CompiledInhibitRule[],
    profile: TargetProfile,
    { startedAt, collectEvery }: { startedAt: number; collectEvery: number },
  ) {
    this.#rules = rules.map((rule) => {
      const sources = profile.reaches("0.30") ? new IndexedSources(rule) : new AllSources(rule);
      return { rule, sources: new Collected(sources, startedAt, collectEvery) };
    });
  }

  /** Takes note of an alert that was posted or merged at `now`. */
  observe(alert: SourceAlert, now: number): void {
    for (const { rule, sources } of this.#rules) if (rule.isSource(alert.labels)) sources.put(alert, now);
  }

  /** Whether any rule mutes an alert with these labels at `now`; being inhibited itself does not stop a source. */
  inhibits(labels: Labels, now: number): boolean {
    return this.#rules.some(({ rule, sources }) => rule.isTarget(labels) && sources.inhibits(labels, now));
  }
}

interface Collectable extends Sources {
  collect(at: number): void;
}

/** Forgets resolved alerts at the ticks of a clock, late but as if it had been in time. */
class Collected implements Sources {
  #tick = 0;

  constructor(
    private readonly sources: Collectable,
    private readonly startedAt: number,
    private readonly every: number,
  ) {}

  put(alert: SourceAlert, now: number): void {
    this.#collect(now);
    this.sources.put(alert, now);
  }

  inhibits(target: Labels, now: number): boolean {
    this.#collect(now);
    return this.sources.inhibits(target, now);
  }

  #collect(now: number): void {
    const tick = Math.floor((now - this.startedAt) / this.every);
    if (tick <= this.#tick) return;
    this.#tick = tick;
    this.sources.collect(this.startedAt + tick * this.every);
  }
}

class AllSources implements Collectable {
  readonly #alerts = new Map<string, SourceAlert>();

  constructor(private readonly rule: CompiledInhibitRule) {}

  put(alert: SourceAlert): void {
    this.#alerts.set(alert.key, alert);
  }

  inhibits(target: Labels, now: number): boolean {
    const twoSided = this.rule.isSource(target);
    const equal = this.rule.equalKey(target);
    for (const { labels, endsAt } of this.#alerts.values()) {
      if (endsAt <= now || this.rule.equalKey(labels) !== equal) continue;
      if (!(twoSided && this.rule.isTarget(labels))) return true;
    }
    return false;
  }

  collect(at: number): void {
    for (const { key, endsAt } of this.#alerts.values()) if (endsAt <= at) this.#alerts.delete(key);
  }
}

class IndexedSources implements Collectable {
  readonly #alerts = new Map<string, SourceAlert>();
  /** The one that counts, by the labels of `equal`. */
  readonly #index = new Map<string, string>();

  constructor(private readonly rule: CompiledInhibitRule) {}

  put(alert: SourceAlert): void {
    this.#alerts.set(alert.key, alert);
    const equal = this.rule.equalKey(alert.labels);
    const indexed = this.#index.get(equal);
    if (indexed === alert.key) return;
    const existing = indexed === undefined ? undefined : this.#alerts.get(indexed);
    if (!existing || existing.endsAt <= alert.endsAt) this.#index.set(equal, alert.key);
  }

  inhibits(target: Labels, now: number): boolean {
    const indexed = this.#index.get(this.rule.equalKey(target));
    const source = indexed === undefined ? undefined : this.#alerts.get(indexed);
    if (!source || source.endsAt <= now) return false;
    return !(this.rule.isSource(target) && this.rule.isTarget(source.labels));
  }

  collect(at: number): void {
    for (const { key, labels, endsAt } of this.#alerts.values()) {
      if (endsAt > at) continue;
      this.#alerts.delete(key);
      // Upstream drops the entry of the set, whichever alert it stands for.
      this.#index.delete(this.rule.equalKey(labels));
    }
  }
}
