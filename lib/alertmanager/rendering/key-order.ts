import type { JsonObject } from "../config/types";

const TOP = [
  "global",
  "templates",
  "route",
  "inhibit_rules",
  "receivers",
  "time_intervals",
  "mute_time_intervals",
  "tracing",
  "event_recorder",
];
const FIRST = ["name", "receiver", "labels", "matchers", "match", "match_re"];

/** The order in which upstream's own examples stand: the sections, and in each object what it is called first. */
export function inUsualOrder(config: JsonObject): JsonObject {
  const ordered: JsonObject = {};
  for (const key of [...TOP, ...Object.keys(config)]) if (config[key] !== undefined) ordered[key] = config[key];
  if (Array.isArray(ordered.receivers)) ordered.receivers = ordered.receivers.map((item) => nameFirst(item));
  if (Array.isArray(ordered.time_intervals))
    ordered.time_intervals = ordered.time_intervals.map((item) => nameFirst(item));
  if (ordered.route !== undefined) ordered.route = routeOrder(ordered.route);
  return ordered;
}

function nameFirst<T>(item: T): T {
  if (item === null || typeof item !== "object" || Array.isArray(item) || !("name" in item)) return item;
  const { name, ...rest } = item;
  return { name, ...rest } as T;
}

function routeOrder(route: JsonObject[string]): JsonObject[string] {
  if (route === null || typeof route !== "object" || Array.isArray(route)) return route;
  const ordered: JsonObject = {};
  for (const key of FIRST) if (route[key] !== undefined) ordered[key] = route[key];
  for (const [key, value] of Object.entries(route)) if (key !== "routes") ordered[key] = value;
  // The children last, so that the settings of a route are read together.
  if (route.routes !== undefined)
    ordered.routes = Array.isArray(route.routes) ? route.routes.map(routeOrder) : route.routes;
  return ordered;
}
