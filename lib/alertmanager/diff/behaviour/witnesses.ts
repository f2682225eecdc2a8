import type { CompiledRoute } from "../../routing";
import { type Demands, demandsOf, NO_DEMANDS, reachOf } from "../../routing/lints/reach";
import { samples, valuesOf } from "../../routing/values/value-set";
import type { PastAlerts } from "./past-alerts";
import type { Tree } from "./routed";

type Labels = Readonly<Record<string, string>>;

/** Values that are tried for a label, and label sets for a route. */
const MOST_VALUES = 40;
const MOST_FOR_ROUTE = 12;

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
    let left = MOST_FOR_ROUTE;
    for (const { name } of route.matchers) {
      for (const value of values.get(name) ?? []) {
        if (value === (own.get(name) ?? "")) continue;
        if (left-- <= 0) break;
        add(new Map(own).set(name, value));
      }
    }
    for (const child of route.routes) visit(child, path, demands);
  };
  visit(root, [], NO_DEMANDS);
  return found;
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
