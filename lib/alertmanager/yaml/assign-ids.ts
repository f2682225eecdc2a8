import { type Config, INTEGRATION_KEYS, type Json, type JsonObject, type Receiver, type Route } from "../config/types";
import { alignLists } from "../rendering/align";
import { equalJson } from "../rendering/equal";
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
  const plain = before.map(plainReceiver);
  const match = alignLists(plain, receivers);
  return receivers.map((receiver, index) => {
    if (!isObject(receiver)) return receiver;
    const from = match[index] ?? -1;
    const was = before[from];
    // The very same object: whoever judged it once need not do so again.
    if (was && equalJson(plain[from], receiver)) return was as JsonObject;
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
  const plain = before.map(plainRoute);
  const match = alignLists(plain, route.routes);
  result.routes = route.routes.map((child, index) => {
    if (!isObject(child)) return child;
    const from = match[index] ?? -1;
    const was = before[from];
    return was && equalJson(plain[from], child) ? (was as unknown as JsonObject) : withRouteIds(child, was, newId);
  });
  return result;
}

function withoutId({ id: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

function isObject<T>(value: T): value is T & JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
