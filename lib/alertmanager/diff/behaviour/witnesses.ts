import type { CompiledRoute } from "../../routing";
import { type Demands, demandsOf, NO_DEMANDS, reachOf } from "../../routing/lints/reach";
import { samples, valuesOf } from "../../routing/values/value-set";
import type { PastAlerts } from "./past-alerts";
import type { Tree } from "./routed";

type Labels = Readonly<Record<string, string>>;

/** Values that are tried for a label. */
const MOST_VALUES = 40;
/** Label sets for a route: small trees are looked at more closely. */
const [FEWEST, MOST] = [12, 300];
const MOST_OF_TREE = 60_000;

/**
 * Label sets made up from the matchers of trees: for each route one that comes to it (past the routes before it),
 * and neighbours that have another of the values that matchers tell apart, or lack a label. Each counts as one alert.
 */
export function witnesses(trees: readonly Tree[]): PastAlerts[] {
  const found = new Map<string, Labels>();
  for (const tree of trees) for (const [key, labels] of ofTree(tree)) found.set(key, labels);
  return [...found.values()].map((labels) => ({ labels, firings: [0, 0] }));
}

const remembered = new WeakMap<Tree, ReadonlyMap<string, Labels>>();

function ofTree(tree: Tree): ReadonlyMap<string, Labels> {
  let found = remembered.get(tree);
  if (!found) {
    found = madeUp(tree);
    remembered.set(tree, found);
  }
  return found;
}

function madeUp({ root }: Tree): Map<string, Labels> {
  const values = interestingValues(root);
  const each = Math.min(MOST, Math.max(FEWEST, Math.floor(MOST_OF_TREE / sizeOf(root))));
  const found = new Map<string, Labels>();
  const add = (labels: ReadonlyMap<string, string>) => {
    const entries = [...labels].filter(([, value]) => value !== "");
    entries.sort(([left], [right]) => (left < right ? -1 : 1));
    found.set(JSON.stringify(entries), Object.fromEntries(entries));
  };
  const visit = (route: CompiledRoute, above: readonly CompiledRoute[], parents: Demands) => {
    const demands = route.error === null ? demandsOf(route, parents) : null;
    if (!demands) return;
    const path = [...above, route];
    const reach = reachOf(path, demands);
    if (reach.kind === "never") return;
    const own = reach.kind === "reached" ? reach.alert : new Map<string, string>();
    add(own);
    for (const neighbour of neighbours(own, route, values, each)) add(neighbour);
    for (const child of route.routes) visit(child, path, demands);
  };
  visit(root, [], NO_DEMANDS);
  return found;
}

type Values = ReadonlyMap<string, ReadonlySet<string>>;

/** With another value of one label, those first that the route asks for; then with other values of two labels. */
function* neighbours(own: ReadonlyMap<string, string>, { matchers }: CompiledRoute, values: Values, most: number) {
  const names = [...new Set([...matchers.map(({ name }) => name), ...(most > FEWEST ? values.keys() : [])])];
  const others = function* (of: ReadonlyMap<string, string>, from: number) {
    for (const [at, name] of names.entries()) {
      if (at < from) continue;
      for (const value of values.get(name) ?? []) {
        if (value !== (own.get(name) ?? "")) yield { at, labels: new Map(of).set(name, value) };
      }
    }
  };
  let left = most;
  for (const { labels } of others(own, 0)) {
    if (left-- <= 0) return;
    yield labels;
  }
  for (const { at, labels: one } of others(own, 0)) {
    for (const { labels } of others(one, at + 1)) {
      if (left-- <= 0) return;
      yield labels;
    }
  }
}

function sizeOf({ routes }: CompiledRoute): number {
  return routes.reduce((sum, route) => sum + sizeOf(route), 1);
}

/** Of each label those that some matcher tells from others. */
function interestingValues(root: CompiledRoute): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const visit = ({ matchers, routes }: CompiledRoute) => {
    for (const matcher of matchers) {
      const values = found.get(matcher.name) ?? new Set([""]);
      found.set(matcher.name, values);
      const taken = values.size < MOST_VALUES ? valuesOf(matcher) : null;
      for (const value of taken ? samples(taken, 3) : []) values.add(value);
      if (matcher.op === "!=" && values.size < MOST_VALUES) values.add(matcher.value);
    }
    for (const route of routes) visit(route);
  };
  visit(root);
  return found;
}
