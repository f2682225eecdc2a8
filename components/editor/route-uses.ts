import type { Config, Path, Route } from "@/lib/alertmanager";
import { usages } from "@/lib/alertmanager/config/usages";
import { getIn } from "../fields/set-at";

/** A route that names a receiver or a time interval; `number` is `2.1`, empty for the root. */
export type RouteUse = { id: string; number: string; key: string; matchers: readonly string[] };

/** How often each receiver is named by the routes, each time interval likewise; one walk for all of them. */
export function countUses(route: Route | undefined) {
  const { receivers, timeIntervals } = usages(route ? { route } : {});
  const count = (uses: Record<string, Path[]>, name: string) =>
    (Object.hasOwn(uses, name) ? uses[name]?.length : 0) ?? 0;
  return {
    receiver: (name: string) => count(receivers, name),
    timeInterval: (name: string) => count(timeIntervals, name),
  };
}

export function receiverUses(config: Config, name: string): RouteUse[] {
  return (usages(config).receivers[name] ?? []).map((path) => routeOf(config, path));
}

export function timeIntervalUses(config: Config, name: string): RouteUse[] {
  return (usages(config).timeIntervals[name] ?? []).map((path) => routeOf(config, path));
}

function routeOf(config: Config, path: Path): RouteUse {
  const last = path.lastIndexOf("routes");
  const to = path.slice(0, last < 0 ? 1 : last + 2);
  const [id, matchers] = [getIn(config, [...to, "id"]), getIn(config, [...to, "matchers"])];
  return {
    id: typeof id === "string" ? id : "",
    number: to.flatMap((step) => (typeof step === "number" ? [step + 1] : [])).join("."),
    key: String(path[to.length]),
    matchers: Array.isArray(matchers) ? matchers.map(String) : [],
  };
}

function mapRoutes(route: Route, edit: (route: Route) => Route): Route {
  const routes = route.routes?.map((child) => mapRoutes(child, edit));
  const edited = edit(route);
  if (!routes || routes.every((child, index) => child === route.routes?.[index])) return edited;
  return { ...edited, routes };
}

function inRoutes(config: Config, edit: (route: Route) => Route): Config {
  if (!config.route) return config;
  const route = mapRoutes(config.route, edit);
  return route === config.route ? config : { ...config, route };
}

export function replaceReceiver(config: Config, before: string, after: string): Config {
  return inRoutes(config, (route) => (route.receiver === before ? { ...route, receiver: after } : route));
}

/** `null` takes the name out of the routes; a list that is then empty goes too. */
export function replaceTimeInterval(config: Config, before: string, after: string | null): Config {
  return inRoutes(config, (route) =>
    replaceIn(replaceIn(route, "mute_time_intervals", before, after), "active_time_intervals", before, after),
  );
}

type ListKey = "mute_time_intervals" | "active_time_intervals";

function replaceIn(route: Route, key: ListKey, before: string, after: string | null): Route {
  const names = route[key];
  if (!Array.isArray(names) || !names.includes(before)) return route;
  const next = new Set(names.flatMap((name) => (name !== before ? [name] : after === null ? [] : [after])));
  const { [key]: _before, ...rest } = route;
  return next.size > 0 ? { ...route, [key]: [...next] } : rest;
}
