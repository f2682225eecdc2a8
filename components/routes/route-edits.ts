import type { Config, Path, Route } from "@/lib/alertmanager";

const INHERITED = ["receiver", "group_by", "group_wait", "group_interval", "repeat_interval"] as const;
export type InheritedKey = (typeof INHERITED)[number];
/** A value that holds for a route, and the number of the route that says it; `default` is Alertmanager itself. */
export type Effective = { value: string | string[] | undefined; own: boolean; from: string };
type Values = Readonly<Record<InheritedKey, Effective>>;

/** `defaultRouteOpts` of Alertmanager: what holds when not even the root says anything. */
const DEFAULTS: Values = {
  receiver: { value: undefined, own: false, from: "default" },
  group_by: { value: undefined, own: false, from: "default" },
  group_wait: { value: "30s", own: false, from: "default" },
  group_interval: { value: "5m", own: false, from: "default" },
  repeat_interval: { value: "4h", own: false, from: "default" },
};

/** One route with where it stands: `number` is `2.1`, empty for the root. */
export type RouteRow = {
  route: Route;
  path: Path;
  depth: number;
  number: string;
  parent: RouteRow | null;
  /** How many routes stand beside it, with itself. */
  siblings: number;
  /** `top` of a granted subtree: its matchers, `continue` and place are not the reader's; `none`: it is there to be read. */
  right: "all" | "top" | "none";
  values: Values;
};

/** The tree as rows, in the order of evaluation. `granted`: subtrees that the reader may change; `null`: all of it. */
export function rowsOf(root: Route, granted: ReadonlySet<string> | null = null): RouteRow[] {
  const rows: RouteRow[] = [];
  const visit = (route: Route, path: Path, parent: RouteRow | null, number: string) => {
    const siblings = parent?.route.routes?.length ?? 1;
    const values = valuesOf(route, number, parent?.values ?? DEFAULTS);
    const depth = parent ? parent.depth + 1 : 0;
    const right = rightOf(route, parent, granted);
    const row: RouteRow = { route, path, depth, number, parent, siblings, values, right };
    rows.push(row);
    route.routes?.forEach((child, index) => {
      visit(child, [...path, "routes", index], row, number === "" ? `${index + 1}` : `${number}.${index + 1}`);
    });
  };
  visit(root, ["route"], null, "");
  return rows;
}

function rightOf({ id }: Route, parent: RouteRow | null, granted: ReadonlySet<string> | null): RouteRow["right"] {
  if (granted === null || (parent && parent.right !== "none")) return "all";
  return granted.has(id) ? "top" : "none";
}

function valuesOf(route: Route, number: string, above: Values): Values {
  const pick = (key: InheritedKey): Effective => {
    const value = route[key];
    // An empty receiver inherits, as upstream's newRoute does; an empty group_by is a value of its own.
    if (value !== undefined && value !== "") return { value, own: true, from: number };
    return above[key].own ? { ...above[key], own: false } : above[key];
  };
  return {
    receiver: pick("receiver"),
    group_by: pick("group_by"),
    group_wait: pick("group_wait"),
    group_interval: pick("group_interval"),
    repeat_interval: pick("repeat_interval"),
  };
}

/** The value of an inherited key, and whether the route says it itself. */
export function inherited(row: RouteRow, key: InheritedKey): Effective {
  return row.values[key];
}

/** What the key takes from a route above, with that route's number; nothing when no route above says it either. */
export function inheritedFromAbove(
  row: { parent: Pick<RouteRow, "values"> | null },
  key: unknown,
): { value: string | string[]; from: string } | undefined {
  const name = INHERITED.find((candidate) => candidate === key);
  if (!name || !row.parent) return undefined;
  const { value, from } = row.parent.values[name];
  return value === undefined || from === "default" ? undefined : { value, from };
}

function looksSame(before: RouteRow, after: RouteRow): boolean {
  return (
    before.route === after.route &&
    before.number === after.number &&
    before.siblings === after.siblings &&
    before.right === after.right &&
    before.path.length === after.path.length &&
    INHERITED.every((key) => {
      const [one, other] = [before.values[key], after.values[key]];
      return one.value === other.value && one.own === other.own && one.from === other.from;
    })
  );
}

/**
 * `rows` with those of `before` where nothing that a row shows is different: then they need not be drawn anew. The parent
 * of such a row may be an older one, of which only the values still hold.
 */
export function keepRows(before: readonly RouteRow[], rows: readonly RouteRow[]): RouteRow[] {
  const known = new Map(before.map((row) => [row.route.id, row]));
  return rows.map((row) => {
    const old = known.get(row.route.id);
    return old && looksSame(old, row) ? old : row;
  });
}

function edit(route: Route, id: string, change: (route: Route) => Route): Route {
  if (route.id === id) return change(route);
  if (!route.routes) return route;
  const routes = route.routes.map((child) => edit(child, id, change));
  return routes.every((child, index) => child === route.routes?.[index]) ? route : { ...route, routes };
}

function onRoot(config: Config, change: (root: Route) => Route): Config {
  return config.route ? { ...config, route: change(config.route) } : config;
}

function withRoutes(route: Route, routes: Route[]): Route {
  const { routes: _before, ...rest } = route;
  return routes.length > 0 ? { ...rest, routes } : rest;
}

export type Place = "before" | "after" | "child";
/** Where a route goes: beside another one, or into it as its last child. Nothing stands beside the root. */
export type Target = { id: string; place: Place };

function insert(root: Route, route: Route, { id, place }: Target): Route {
  if (place === "child") return changeChildren(root, id, (children) => [...children, route]);
  const parent = find(root, id)?.parent;
  if (!parent) return root;
  return changeChildren(root, parent.route.id, (children) => {
    const at = children.findIndex((child) => child.id === id);
    return children.toSpliced(place === "before" ? at : at + 1, 0, route);
  });
}

export function addRoute(config: Config, route: Route, target: Target): Config {
  return onRoot(config, (root) => insert(root, route, target));
}

function holds(route: Route, id: string): boolean {
  return route.id === id || (route.routes ?? []).some((child) => holds(child, id));
}

/** With all that is below it; not into itself, and the root stays where it is. */
export function moveRouteTo(config: Config, id: string, target: Target): Config {
  return onRoot(config, (root) => {
    const row = find(root, id);
    const beside = find(root, target.id);
    if (!row?.parent || !beside || holds(row.route, target.id)) return root;
    if (target.place !== "child" && !beside.parent) return root;
    return insert(prune(root, id), row.route, target);
  });
}

function prune(route: Route, id: string): Route {
  if (!route.routes || !holds(route, id)) return route;
  const routes = route.routes.filter((child) => child.id !== id).map((child) => prune(child, id));
  return withRoutes(route, routes);
}

function find(root: Route, id: string): RouteRow | undefined {
  return rowsOf(root).find(({ route }) => route.id === id);
}

function changeChildren(root: Route, parentId: string, change: (children: Route[]) => Route[]): Route {
  return edit(root, parentId, (parent) => withRoutes(parent, change([...(parent.routes ?? [])])));
}

/** One place up or down among its siblings; order decides who gets an alert. */
export function moveRoute(config: Config, id: string, by: -1 | 1): Config {
  return onRoot(config, (root) => {
    const parent = find(root, id)?.parent;
    if (!parent) return root;
    return changeChildren(root, parent.route.id, (children) => {
      const from = children.findIndex((child) => child.id === id);
      const [one, other] = [children[from], children[from + by]];
      if (!one || !other) return children;
      children[from] = other;
      children[from + by] = one;
      return children;
    });
  });
}

/** Under the sibling above it, as its last child. */
export function indentRoute(config: Config, id: string): Config {
  return onRoot(config, (root) => {
    const row = find(root, id);
    const siblings = row?.parent?.route.routes ?? [];
    const above = siblings[siblings.findIndex((child) => child.id === id) - 1];
    if (!row?.parent || !above) return root;
    const without = changeChildren(root, row.parent.route.id, (children) =>
      children.filter((child) => child.id !== id),
    );
    return changeChildren(without, above.id, (children) => [...children, row.route]);
  });
}

/** Out of its parent, to stand right behind it. */
export function outdentRoute(config: Config, id: string): Config {
  return onRoot(config, (root) => {
    const row = find(root, id);
    const parent = row?.parent;
    const grandparent = parent?.parent;
    if (!row || !parent || !grandparent) return root;
    const without = changeChildren(root, parent.route.id, (children) => children.filter((child) => child.id !== id));
    return changeChildren(without, grandparent.route.id, (children) => {
      const at = children.findIndex((child) => child.id === parent.route.id);
      return children.toSpliced(at + 1, 0, row.route);
    });
  });
}
