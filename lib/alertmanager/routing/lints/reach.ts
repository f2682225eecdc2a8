import { compileMatcher, type Matcher, printMatcher } from "../../matchers";
import type { CompiledRoute } from "../compile-routes";
import { visitCandidates } from "../route-index";
import {
  ANY_VALUE,
  complement,
  includes,
  intersect,
  isEmpty,
  isWithin,
  samples,
  type ValueSet,
  valuesOf,
} from "../values/value-set";

/** Which values an alert must have to come to a route: what all matchers from the root on ask of each label. */
export interface Demands {
  readonly values: ReadonlyMap<string, ValueSet>;
  /** The matchers that are not in `values`, being beyond what can be told exactly: alerts may have to meet more. */
  readonly beyond: readonly Matcher[];
}

/** `never` is a proof: no label set comes to the route, because of these routes before it or of its own matchers. */
export type Reach =
  | { kind: "reached"; alert: ReadonlyMap<string, string> }
  | { kind: "never"; by: readonly CompiledRoute[] }
  | { kind: "unknown" };

const UNKNOWN: Reach = { kind: "unknown" };
export const NO_DEMANDS: Demands = { values: new Map(), beyond: [] };

/** After so many alerts that went elsewhere nothing is told. */
const MOST_ATTEMPTS = 150;
/** Of the siblings with an equal matcher the first so many are looked at. */
const MOST_ALIKE = 20;
/** So many ways to evade the routes before it are looked at. */
const MOST_BRANCHES = 300;

/** What a route asks on top of its parents; `null` when the matchers exclude each other. */
export function demandsOf(route: CompiledRoute, parents: Demands): Demands | null {
  if (route.matchers.length === 0) return parents;
  const values = new Map(parents.values);
  const beyond = [...parents.beyond];
  for (const matcher of route.matchers) {
    const wanted = valuesOf(matcher);
    const narrowed = wanted && intersect(values.get(matcher.name) ?? ANY_VALUE, wanted);
    if (!narrowed) beyond.push(matcher);
    else if (isEmpty(narrowed)) return null;
    else values.set(matcher.name, narrowed);
  }
  return { values, beyond };
}

/**
 * Whether an alert can come to the last route of `path` (from the root on) that meets its demands: an alert is made up,
 * sent down the tree, and when a route on the way keeps it another one is sought that this route does not take, until
 * one arrives or none is left.
 */
export function reachOf(path: readonly CompiledRoute[], demands: Demands): Reach {
  const search = new Search(demands);
  const keepers = demands.beyond.length > 0 ? alike(path, demands.beyond) : [];
  for (const keeper of keepers) search.evade(keeper);
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const alert = search.alert();
    if (alert === "none") return { kind: "never", by: fewest(inOrder(keepers, path), demands) };
    if (alert === "unknown") break;
    const keeper = keeperOf(path, alert);
    if (keeper === null) return path.every((route) => route.accepts(alert)) ? { kind: "reached", alert } : UNKNOWN;
    if (keepers.includes(keeper)) break;
    keepers.push(keeper);
    search.evade(keeper);
  }
  return UNKNOWN;
}

/** As they stand in the tree. */
function inOrder(keepers: readonly CompiledRoute[], path: readonly CompiledRoute[]): CompiledRoute[] {
  const depth = ({ parent }: CompiledRoute) => (parent ? path.indexOf(parent) : -1);
  return keepers.toSorted((left, right) => depth(left) - depth(right) || left.position - right.position);
}

const byText = new WeakMap<CompiledRoute, Map<string, CompiledRoute[]>>();

/** The siblings before the routes of the path that share a matcher with it of which nobody can make up a value. */
function alike(path: readonly CompiledRoute[], beyond: readonly Matcher[]): CompiledRoute[] {
  const found = new Set<CompiledRoute>();
  for (const { parent, position } of path) {
    if (!parent) continue;
    let known = byText.get(parent);
    if (!known) {
      known = new Map();
      for (const sibling of parent.routes) {
        for (const matcher of sibling.continues ? [] : sibling.matchers) {
          const key = printMatcher(matcher);
          const same = known.get(key);
          if (same) same.push(sibling);
          else known.set(key, [sibling]);
        }
      }
      byText.set(parent, known);
    }
    for (const matcher of beyond) {
      const same = known.get(printMatcher(matcher)) ?? [];
      for (const sibling of same.slice(0, MOST_ALIKE)) if (sibling.position < position) found.add(sibling);
    }
  }
  return [...found];
}

/** Leaves out the routes without which there is no such alert either. */
function fewest(keepers: readonly CompiledRoute[], demands: Demands): CompiledRoute[] {
  const without = (routes: readonly CompiledRoute[]) => {
    const search = new Search(demands);
    for (const route of routes) search.evade(route);
    return search.alert() === "none";
  };
  const single = keepers.find((keeper) => without([keeper]));
  if (single) return [single];
  let kept = [...keepers];
  for (const keeper of keepers) {
    const others = kept.filter((one) => one !== keeper);
    if (without(others)) kept = others;
  }
  return kept;
}

/** The first sibling on the way that takes the alert and lets it not go on. */
function keeperOf(path: readonly CompiledRoute[], alert: ReadonlyMap<string, string>): CompiledRoute | null {
  for (const { parent, position } of path) {
    if (!parent) continue;
    let keeper: CompiledRoute | null = null;
    visitCandidates(parent.index, alert, (at) => {
      if (at >= position) return true;
      const sibling = parent.routes[at]!;
      if (!sibling.continues && takes(sibling, alert)) keeper = sibling;
      return keeper !== null;
    });
    if (keeper) return keeper;
  }
  return null;
}

/** As `accepts`, by what is known of the patterns already. */
function takes({ matchers, error }: CompiledRoute, alert: ReadonlyMap<string, string>): boolean {
  if (error !== null) return false;
  let asked = questions.get(matchers);
  if (!asked) {
    asked = matchers.map((matcher): Question => {
      const taken = valuesOf(matcher);
      const test = taken ? (value: string) => includes(taken, value) : compileMatcher(matcher);
      return { name: matcher.name, test, absent: test("") };
    });
    questions.set(matchers, asked);
  }
  return asked.every(({ name, test, absent }) => {
    const value = alert.get(name);
    return value === undefined ? absent : test(value);
  });
}

interface Question {
  name: string;
  test(value: string): boolean;
  absent: boolean;
}

const questions = new WeakMap<readonly Matcher[], readonly Question[]>();

/** One way out of a route's matchers: the label's value is none that the matcher takes. */
interface WayOut {
  name: string;
  values: ValueSet;
}

/** Values that meet all demands and for each evaded route fail at least one of its matchers. */
class Search {
  /** Narrowed by what has only one way out; `null` when nothing is left. */
  #values: ReadonlyMap<string, ValueSet> | null;
  /** Routes that can be evaded in several ways. */
  #open: WayOut[][] = [];
  readonly #beyond: readonly Matcher[];

  constructor({ values, beyond }: Demands) {
    this.#values = values;
    this.#beyond = beyond;
  }

  evade(route: CompiledRoute) {
    const ways: WayOut[] = [];
    for (const matcher of route.matchers) {
      // The same matcher is met whatever it means.
      if (this.#beyond.some((met) => same(met, matcher))) continue;
      const taken = valuesOf(matcher);
      // It may well refuse the alert: nothing is asked, so that a proof does not rest on it.
      if (!taken) return;
      ways.push({ name: matcher.name, values: complement(taken) });
    }
    this.#open.push(ways);
    if (!this.#values) return;
    const settled = settle(this.#values, this.#open);
    this.#values = settled?.values ?? null;
    this.#open = settled ? settled.open : [];
  }

  alert(): ReadonlyMap<string, string> | "none" | "unknown" {
    if (!this.#values) return "none";
    const budget = { branches: MOST_BRANCHES };
    const found = choose(this.#values, this.#open, budget);
    if (!found) return budget.branches > 0 ? "none" : "unknown";
    return new Map([...found].map(([name, values]) => [name, samples(values)[0]!]));
  }
}

function same(left: Matcher, right: Matcher): boolean {
  return left.name === right.name && left.op === right.op && left.value === right.value;
}

interface Settled {
  values: ReadonlyMap<string, ValueSet>;
  open: WayOut[][];
}

/** Takes each way out that is the only one, until all others have several; `null` when a route has none. */
function settle(given: ReadonlyMap<string, ValueSet>, clauses: readonly WayOut[][]): Settled | null {
  let values = given;
  let open = [...clauses];
  for (let again = true; again; ) {
    again = false;
    const still: WayOut[][] = [];
    for (const clause of open) {
      const ways = waysLeft(values, clause);
      if (ways === "evaded") continue;
      const [first, second] = ways;
      if (!first) return null;
      if (second) {
        still.push(ways);
        continue;
      }
      const narrowed = intersect(values.get(first.name) ?? ANY_VALUE, first.values);
      // Too large to tell: without it more alerts remain, so that a proof stays one.
      if (!narrowed) continue;
      values = new Map(values).set(first.name, narrowed);
      again = true;
    }
    open = still;
  }
  return { values, open };
}

/** Those that the values still allow; `evaded` when they leave no other choice. */
function waysLeft(values: ReadonlyMap<string, ValueSet>, clause: readonly WayOut[]): WayOut[] | "evaded" {
  const left: WayOut[] = [];
  for (const way of clause) {
    const had = values.get(way.name) ?? ANY_VALUE;
    if (isWithin(had, way.values) === true) return "evaded";
    const both = intersect(had, way.values);
    if (!both || !isEmpty(both)) left.push(way);
  }
  return left;
}

function choose(
  values: ReadonlyMap<string, ValueSet>,
  open: readonly WayOut[][],
  budget: { branches: number },
): ReadonlyMap<string, ValueSet> | null {
  const settled = settle(values, open as WayOut[][]);
  if (!settled) return null;
  const [clause] = settled.open.toSorted((left, right) => left.length - right.length);
  if (!clause) return settled.values;
  for (const { name, values: wanted } of clause) {
    if (--budget.branches <= 0) return null;
    const narrowed = intersect(settled.values.get(name) ?? ANY_VALUE, wanted);
    if (!narrowed) {
      budget.branches = 0;
      return null;
    }
    const rest = settled.open.filter((other) => other !== clause);
    const found = choose(new Map(settled.values).set(name, narrowed), rest, budget);
    if (found) return found;
  }
  return null;
}
