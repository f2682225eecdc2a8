type Labels = Readonly<Record<string, string>>;

/** A label set with the times that it fired: starts and ends in turn, rising, in seconds since 1970. */
export interface PastAlerts {
  readonly labels: Labels;
  readonly firings: readonly number[];
}

/** One time that an alert fired; seconds since 1970. */
export interface PastFiring {
  readonly labels: Labels;
  readonly from: number;
  readonly to: number;
}

/** Puts the firings of equal label sets together. An empty label is as good as none. */
export function foldFirings(firings: Iterable<PastFiring>): PastAlerts[] {
  const sets = new Map<string, { labels: Labels; times: [number, number][] }>();
  for (const { labels, from, to } of firings) {
    const entries = Object.entries(labels).filter(([, value]) => value !== "");
    entries.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
    const key = JSON.stringify(entries);
    const known = sets.get(key);
    if (known) known.times.push([from, to]);
    else sets.set(key, { labels: Object.fromEntries(entries), times: [[from, to]] });
  }
  return [...sets.values()].map(({ labels, times }) => {
    return { labels, firings: times.sort(([left], [right]) => left - right).flat() };
  });
}

/**
 * A history cut into classes of label sets that no matcher tells apart: what is asked of each alert has to be answered
 * once for each class. A class knows of its labels only those that matchers ask for.
 */
export class AlertClasses {
  /** Of each class. */
  readonly labels: Labels[] = [];
  /** How many alerts (firings) each class stands for. */
  readonly alerts: number[] = [];
  readonly #classOf: Int32Array;
  #members: readonly number[][] | null = null;

  constructor(
    readonly history: readonly PastAlerts[],
    readonly names: ReadonlySet<string>,
  ) {
    this.#classOf = new Int32Array(history.length);
    const asked = [...names];
    const known = new Map<string, number>();
    for (const [at, { labels, firings }] of history.entries()) {
      let key = "";
      for (const name of asked) {
        const value = textOf(labels, name);
        key += `${value.length}:${value}`;
      }
      let found = known.get(key);
      if (found === undefined) {
        found = this.labels.length;
        known.set(key, found);
        const kept = asked.map((name): [string, string] => [name, textOf(labels, name)]);
        this.labels.push(Object.fromEntries(kept.filter(([, value]) => value !== "")));
        this.alerts.push(0);
      }
      this.#classOf[at] = found;
      this.alerts[found]! += firings.length >> 1;
    }
  }

  /** The label sets of a class. */
  members(at: number): readonly PastAlerts[] {
    if (!this.#members) {
      const members: number[][] = this.labels.map(() => []);
      for (const [index, found] of this.#classOf.entries()) members[found]!.push(index);
      this.#members = members;
    }
    return this.#members[at]!.map((index) => this.history[index]!);
  }
}

function textOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? labels[name]! : "";
}

const remembered = new WeakMap<readonly PastAlerts[], AlertClasses>();

/** The classes of a history for matchers that ask for these labels, remembered by the identity of the history. */
export function classesOf(history: readonly PastAlerts[], names: ReadonlySet<string>): AlertClasses {
  const known = remembered.get(history);
  if (known && [...names].every((name) => known.names.has(name))) return known;
  const classes = new AlertClasses(history, new Set([...(known?.names ?? []), ...names]));
  remembered.set(history, classes);
  return classes;
}
