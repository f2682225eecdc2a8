import type { Config } from "../../config/types";
import type { TargetProfile } from "../../profiles";
import { type CompiledRoute, compileRoutes, findRoutes, routeKey } from "../../routing";
import type { AlertClasses } from "./past-alerts";

/** A compiled tree, and what its matchers ask for. */
export interface Tree {
  readonly config: Config;
  readonly profile: TargetProfile;
  readonly root: CompiledRoute;
  readonly names: ReadonlySet<string>;
}

const trees = new WeakMap<Config, Tree>();

/** Remembered by the identity of the configuration. */
export function treeOf(config: Config, profile: TargetProfile): Tree {
  const known = trees.get(config);
  if (known?.profile === profile) return known;
  const { root } = compileRoutes(config, profile);
  const names = new Set<string>();
  const collect = ({ matchers, routes }: CompiledRoute) => {
    for (const { name } of matchers) names.add(name);
    for (const route of routes) collect(route);
  };
  collect(root);
  const tree = { config, profile, root, names };
  trees.set(config, tree);
  return tree;
}

/** The routes that notify about each class of alerts. */
export type Routed = readonly (readonly CompiledRoute[])[];

const routed = new WeakMap<Tree, { classes: AlertClasses; routes: Routed }>();

export function routedBy(tree: Tree, classes: AlertClasses): Routed {
  const known = routed.get(tree);
  if (known?.classes === classes) return known.routes;
  const routes = classes.labels.map((labels) => findRoutes(tree, labels));
  routed.set(tree, { classes, routes });
  return routes;
}

/** Each once, in the order of the routes. */
export function receiversOf(routes: readonly CompiledRoute[]): string[] {
  const [first, ...others] = routes;
  if (!first) return [];
  if (others.length === 0) return [first.options.receiver];
  return [...new Set(routes.map(({ options }) => options.receiver))];
}

/** Whether a route of each tree is the same one, with the same above it: then it groups and notifies alike. Cheap. */
export function isSame(one: CompiledRoute, other: CompiledRoute): boolean {
  let [left, right]: [CompiledRoute | null, CompiledRoute | null] = [one, other];
  if (left.options !== right.options) return false;
  for (; left && right; [left, right] = [left.parent, right.parent]) if (!askTheSame(left, right)) return false;
  return left === right;
}

/** An edit below a route makes it anew, with equal matchers. */
function askTheSame({ matchers: left }: CompiledRoute, { matchers: right }: CompiledRoute): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  return left.every(({ name, op, value }, at) => {
    const other = right[at]!;
    return name === other.name && op === other.op && value === other.value;
  });
}

export function areSame(was: readonly CompiledRoute[], is: readonly CompiledRoute[]): boolean {
  return was.length === is.length && was.every((route, at) => isSame(route, is[at]!));
}

interface Grouping {
  /** Upstream's `Route.Key`. */
  key: string;
  /** Equal for routes that put the same alerts into the same groups. */
  text: string;
}

const groupings = new WeakMap<CompiledRoute, Grouping>();

export function groupingOf(route: CompiledRoute): Grouping {
  let grouping = groupings.get(route);
  if (!grouping) {
    const { group_by, group_by_all } = route.options;
    const key = routeKey(route);
    grouping = { key, text: JSON.stringify([key, group_by_all || group_by.toSorted()]) };
    groupings.set(route, grouping);
  }
  return grouping;
}

/**
 * A text for the group of an alert at some routes, equal for label sets that they all put into the same groups. Much
 * cheaper than a printed group key.
 */
export function groupText(routes: readonly CompiledRoute[]): (labels: Readonly<Record<string, string>>) => string {
  if (routes.some(({ options }) => options.group_by_all)) {
    return (labels) => JSON.stringify(Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1)));
  }
  const names = [...new Set(routes.flatMap(({ options }) => options.group_by))];
  // A label that is there and empty is another group than one that is not there.
  return (labels) => {
    let text = "";
    for (const name of names) {
      const value = Object.hasOwn(labels, name) ? labels[name]! : null;
      text += value === null ? "-" : `${value.length}:${value}`;
    }
    return text;
  };
}
