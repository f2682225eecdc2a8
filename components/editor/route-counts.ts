import { type Config, compileRoutes, findRoutes, profileFor, type SeenLabels } from "@/lib/alertmanager";
import type { CountsByRoute, RecentAlert } from "./worker-protocol";

/** Alerts between two looks at the clock. */
const BATCH = 64;

/**
 * How often alerts of the last days fired on each route. Counted part by part; the counts of before stand until all are
 * counted again.
 */
export class RouteCounts {
  #about: readonly unknown[] = [];
  #next = 0;
  #compiled: ReturnType<typeof compileRoutes> | null = null;
  #counting = new Map<string, number>();
  #counts: CountsByRoute | null = null;

  constructor(private readonly clock: () => number) {}

  lacks({ route }: Config, alerts: readonly RecentAlert[], profile: string): boolean {
    if (alerts.length === 0) return this.#counts !== null;
    return !this.#isAbout([route, alerts, profile]) || this.#next < alerts.length;
  }

  /** Counts for about `budget` milliseconds. */
  step(config: Config, alerts: readonly RecentAlert[], profile: string, budget: number): void {
    const end = this.clock() + budget;
    if (alerts.length === 0) {
      this.#counts = null;
      this.#about = [];
      return;
    }
    const about = [config.route, alerts, profile];
    if (!this.#isAbout(about)) {
      this.#about = about;
      this.#next = 0;
      this.#counting = new Map();
      this.#compiled = compileRoutes(config, profileFor(profile));
    }
    while (this.#compiled && this.#next < alerts.length) {
      for (const { labels, count } of alerts.slice(this.#next, this.#next + BATCH)) {
        for (const { id } of findRoutes(this.#compiled, labels)) {
          this.#counting.set(id, (this.#counting.get(id) ?? 0) + count);
        }
      }
      this.#next = Math.min(alerts.length, this.#next + BATCH);
      if (this.clock() >= end) break;
    }
    if (this.#next === alerts.length) this.#counts = Object.fromEntries(this.#counting);
  }

  /** By id of the route; null without any alerts. */
  counts(): CountsByRoute | null {
    return this.#counts;
  }

  #isAbout(about: readonly unknown[]): boolean {
    return about.every((part, index) => part === this.#about[index]);
  }
}

/** Which labels with which values the alerts had. */
export function seenIn(alerts: readonly RecentAlert[]): SeenLabels | null {
  if (alerts.length === 0) return null;
  const values = new Map<string, Map<string, number>>();
  for (const { labels } of alerts) {
    for (const [name, value] of Object.entries(labels)) {
      const known = values.get(name) ?? new Map<string, number>();
      values.set(name, known.set(value, (known.get(value) ?? 0) + 1));
    }
  }
  const plain = [...values].map(([name, counts]) => [name, Object.fromEntries(counts)] as const);
  return { alerts: alerts.length, values: Object.fromEntries(plain) };
}
