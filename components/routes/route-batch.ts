import type { Config, Route } from "@/lib/alertmanager";

type Ids = ReadonlySet<string>;

/** The routes of these ids in their order, without the root and without those that stand below another one of them. */
export function topmost(root: Route, ids: Ids): Route[] {
  const found: Route[] = [];
  const visit = ({ routes = [] }: Route) => {
    for (const child of routes) {
      if (ids.has(child.id)) found.push(child);
      else visit(child);
    }
  };
  visit(root);
  return found;
}

/** Each with all that is below it; the root stays. */
export function removeRoutes(config: Config, ids: Ids): Config {
  return onRoot(config, (root) => mapChildren(root, (child) => (ids.has(child.id) ? [] : [child])));
}

/** To the end of what stands in another route, in their order; nowhere when that route is among or below them. */
export function moveRoutes(config: Config, ids: Ids, parent: string): Config {
  return onRoot(config, (root) => {
    const moved = topmost(root, ids);
    if (moved.length === 0 || moved.some((route) => holds(route, parent)) || !holds(root, parent)) return root;
    const rest = mapChildren(root, (child) => (ids.has(child.id) ? [] : [child]));
    return mapRoutes(rest, (route) =>
      route.id === parent ? { ...route, routes: [...(route.routes ?? []), ...moved] } : route,
    );
  });
}

/** Empty: they inherit it, except the root, which must have one. */
export function setReceiver(config: Config, ids: Ids, receiver: string): Config {
  return onRoot(config, (root) =>
    mapRoutes(root, (route) => {
      if (!ids.has(route.id)) return route;
      if (receiver !== "") return { ...route, receiver };
      if (route === root || route.id === root.id) return route;
      const { receiver: _, ...rest } = route;
      return rest;
    }),
  );
}

/** A copy right behind each, with all that is below it. The first id that is asked for is that of the first copy. */
export function duplicateRoutes(config: Config, ids: Ids, newId: () => string): Config {
  const copy = ({ routes, ...rest }: Route): Route => {
    const id = newId();
    return { ...rest, id, ...(routes && { routes: routes.map(copy) }) };
  };
  return onRoot(config, (root) => {
    const originals = new Set(topmost(root, ids).map(({ id }) => id));
    return mapChildren(root, (child) => (originals.has(child.id) ? [child, copy(child)] : [child]));
  });
}

function holds(route: Route, id: string): boolean {
  return route.id === id || (route.routes ?? []).some((child) => holds(child, id));
}

function onRoot(config: Config, change: (root: Route) => Route): Config {
  if (!config.route) return config;
  const route = change(config.route);
  return route === config.route ? config : { ...config, route };
}

/** What nothing changes below stays the same object. Copies are not visited again. */
function mapChildren(route: Route, change: (child: Route) => readonly Route[]): Route {
  if (!route.routes) return route;
  const before = route.routes;
  const after = before.flatMap((child) => change(child).map((one) => (one === child ? mapChildren(one, change) : one)));
  return withRoutes(route, before, after);
}

function mapRoutes(route: Route, change: (route: Route) => Route): Route {
  const before = route.routes;
  const below = before
    ? withRoutes(
        route,
        before,
        before.map((child) => mapRoutes(child, change)),
      )
    : route;
  return change(below);
}

function withRoutes(route: Route, before: readonly Route[], after: Route[]): Route {
  if (after.length === before.length && after.every((child, index) => child === before[index])) return route;
  const { routes: _, ...rest } = route;
  return after.length > 0 ? { ...rest, routes: after } : rest;
}
