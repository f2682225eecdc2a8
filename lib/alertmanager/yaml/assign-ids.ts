import { type Config, INTEGRATION_KEYS, type Json, type JsonObject, type Receiver, type Route } from "../config/types";
import { alignLists } from "../rendering/align";
import { plainReceiver, plainRoute } from "../rendering/strip-ids";

type NewId = () => string;

/** Gives routes, receivers and integrations their ids: those of `previous` for what is still the same thing. */
export function assignIds(object: JsonObject, previous: Config | undefined, newId: NewId): Config {
  const config: JsonObject = { ...object };
  if (isObject(config.route)) config.route = withRouteIds(config.route, previous?.route, newId);
  if (Array.isArray(config.receivers)) config.receivers = withReceiverIds(config.receivers, previous?.receivers, newId);
  return config as Config;
}

function withReceiverIds(receivers: Json[], previous: Receiver[] | undefined, newId: NewId): Json[] {
  const before = (Array.isArray(previous) ? previous : []).filter(isObject);
  const match = alignLists(before.map(plainReceiver), receivers);
  return receivers.map((receiver, index) => {
    if (!isObject(receiver)) return receiver;
    const was = before[match[index] ?? -1];
    const result: JsonObject = { id: was?.id ?? newId(), ...withoutId(receiver) };
    for (const key of INTEGRATION_KEYS) {
      const list = receiver[key];
      if (Array.isArray(list)) result[key] = withItemIds(list, was?.[key], newId);
    }
    return result;
  });
}

function withItemIds(items: Json[], previous: readonly { id: string }[] | undefined, newId: NewId): Json[] {
  const before = (Array.isArray(previous) ? previous : []).filter(isObject) as (JsonObject & { id: string })[];
  const match = alignLists(before.map(withoutId), items);
  return items.map((item, index) =>
    isObject(item) ? { id: before[match[index] ?? -1]?.id ?? newId(), ...withoutId(item) } : item,
  );
}

function withRouteIds(route: JsonObject, previous: Route | undefined, newId: NewId): JsonObject {
  const result: JsonObject = { id: isObject(previous) ? previous.id : newId(), ...withoutId(route) };
  if (!Array.isArray(route.routes)) return result;
  const before = (isObject(previous) && Array.isArray(previous.routes) ? previous.routes : []).filter(isObject);
  const match = alignLists(before.map(plainRoute), route.routes);
  result.routes = route.routes.map((child, index) =>
    isObject(child) ? withRouteIds(child, before[match[index] ?? -1], newId) : child,
  );
  return result;
}

function withoutId({ id: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

function isObject<T>(value: T): value is T & JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
