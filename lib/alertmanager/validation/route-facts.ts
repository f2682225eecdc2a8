import type { JsonObject } from "../config/types";
import { isObject, isSet, items, textOf } from "./context";

/** What a route and all below it hold, so that most of a large tree need not be walked again after an edit. */
export interface RouteFacts {
  receivers: readonly string[];
  intervals: readonly string[];
  /** An item that is no route stands below. */
  odd: boolean;
  /** Takes every alert that reaches it and lets none go on. */
  catchesAll: boolean;
  /** A route below stands behind a sibling that takes everything. */
  unreachable: boolean;
  /** A route sets timers of its own. */
  timed: boolean;
}

const known = new WeakMap<JsonObject, RouteFacts>();

/** The facts of a route, remembered by its identity. */
export function routeFacts(route: JsonObject): RouteFacts {
  let facts = known.get(route);
  if (!facts) {
    facts = gather(route);
    known.set(route, facts);
  }
  return facts;
}

const NONE: readonly string[] = [];

function gather(route: JsonObject): RouteFacts {
  const children = items(route.routes);
  const name = textOf(route.receiver);
  const own = [...items(route.active_time_intervals), ...items(route.mute_time_intervals)].map(textOf);
  const facts = {
    receivers: name === "" ? NONE : [name],
    intervals: own.length === 0 ? NONE : own,
    odd: false,
    catchesAll: route.continue !== true && !isMatching(route),
    unreachable: false,
    timed: isSet(route.group_interval) || isSet(route.repeat_interval),
  };
  if (children.length === 0) return facts;
  const receivers = new Set(facts.receivers);
  const intervals = new Set(facts.intervals);
  let closed = false;
  for (const child of children) {
    if (!isObject(child)) {
      facts.odd = true;
      continue;
    }
    const below = routeFacts(child);
    for (const receiver of below.receivers) receivers.add(receiver);
    for (const interval of below.intervals) intervals.add(interval);
    facts.odd ||= below.odd;
    facts.unreachable ||= closed || below.unreachable;
    facts.timed ||= below.timed;
    closed ||= below.catchesAll;
  }
  return { ...facts, receivers: [...receivers], intervals: [...intervals] };
}

/** Whether the route asks for anything at all. */
export function isMatching(route: JsonObject): boolean {
  for (const map of [route.match, route.match_re]) if (isObject(map) && Object.keys(map).length > 0) return true;
  return items(route.matchers).some((text) => !/^\s*(\{\s*\})?\s*$/.test(textOf(text)));
}
