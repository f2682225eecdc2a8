import {
  type Config,
  INTEGRATION_KEYS,
  type Integration,
  type JsonObject,
  type Receiver,
  type Route,
} from "../config/types";

/** The configuration as Alertmanager knows it: without our ids. */
export function stripIds(config: Config): JsonObject {
  const plain: JsonObject = { ...(config as JsonObject) };
  if (isObject(config.route)) plain.route = plainRoute(config.route);
  if (Array.isArray(config.receivers)) {
    plain.receivers = config.receivers.map((receiver) => (isObject(receiver) ? plainReceiver(receiver) : receiver));
  }
  for (const key of Object.keys(plain)) if (plain[key] === undefined) delete plain[key];
  return plain;
}

export function plainReceiver(receiver: Receiver): JsonObject {
  const plain = withoutId(receiver as unknown as JsonObject);
  for (const key of INTEGRATION_KEYS) {
    const list = receiver[key] as unknown;
    if (Array.isArray(list)) plain[key] = list.map((item: Integration) => (isObject(item) ? withoutId(item) : item));
  }
  return plain;
}

export function plainRoute(route: Route): JsonObject {
  const plain = withoutId(route as unknown as JsonObject);
  if (Array.isArray(route.routes)) {
    plain.routes = route.routes.map((child) => (isObject(child) ? plainRoute(child) : child));
  }
  return plain;
}

function withoutId({ id: _, ...rest }: JsonObject): JsonObject {
  for (const key of Object.keys(rest)) if (rest[key] === undefined) delete rest[key];
  return rest;
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
