import type { PastAlerts } from "../diff/behaviour/past-alerts";

type Labels = Readonly<Record<string, string>>;

/** Those that did not end before `from`. */
export function* firingsOf({ firings }: PastAlerts, from = Number.NEGATIVE_INFINITY): Iterable<[number, number]> {
  for (let at = 1; at < firings.length; at += 2) if (firings[at]! > from) yield [firings[at - 1]!, firings[at]!];
}

/** A time in which at least one source fired; `labels` are those of the first. */
export interface Cover {
  from: number;
  to: number;
  labels: Labels;
}

/** The sources that agree in their `equal` labels. */
export class Pool {
  readonly #one: Cover[] = [];
  readonly #two: Cover[] = [];
  #unions: { one: Cover[]; all: Cover[] } | null = null;

  add(alert: PastAlerts, twoSided: boolean): void {
    const list = twoSided ? this.#two : this.#one;
    for (const [from, to] of firingsOf(alert)) list.push({ from, to, labels: alert.labels });
  }

  /** Those that do not match the target side: they alone mute an alert that matches both. */
  oneSided(): readonly Cover[] {
    return this.#merged().one;
  }

  all(): readonly Cover[] {
    return this.#merged().all;
  }

  #merged() {
    this.#unions ??= {
      one: union(this.#one),
      all: union(this.#two.length === 0 ? this.#one : [...this.#one, ...this.#two]),
    };
    return this.#unions;
  }
}

/** Apart from each other, rising. */
function union(covers: readonly Cover[]): Cover[] {
  const merged: Cover[] = [];
  for (const cover of [...covers].sort((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last && cover.from <= last.to) last.to = Math.max(last.to, cover.to);
    else merged.push({ ...cover });
  }
  return merged;
}

/** The first cover that shares time with a firing. */
export function covering(covers: readonly Cover[], start: number, end: number): Cover | null {
  const found = covers[firstAfter(covers, start)];
  return found && found.from < end ? found : null;
}

/** The place of the first that ends after `start`; they rise. */
export function firstAfter(covers: readonly Cover[], start: number): number {
  let [low, high] = [0, covers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (covers[middle]!.to <= start) low = middle + 1;
    else high = middle;
  }
  return low;
}
