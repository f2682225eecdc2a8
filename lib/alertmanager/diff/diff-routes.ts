import { isObject } from "../config/is-object";
import type { Json, JsonObject, Path } from "../config/types";
import type { ConfigChange } from "./config-change";
import { diffFields } from "./diff-fields";
import { movedItems, pairById } from "./pair-by-id";

interface Placed {
  route: JsonObject;
  path: Path;
  parent: Placed | null;
}

const CHILDREN = new Set(["routes"]);

/** Routes are followed by their id through the whole tree, so that one that changes its parent has moved. */
export function diffRoutes(before: Json | undefined, after: Json | undefined): ConfigChange[] {
  const was = flatten(before);
  const is = flatten(after);
  const pairs = pairRoutes(was, is);
  const paired = new Set(pairs.values());
  const changes: ConfigChange[] = [];
  for (const place of is) {
    const old = pairs.get(place);
    const thing = { noun: "route" as const, label: routeLabel(place), path: place.path };
    if (!old) {
      // Of a new branch only its top is told.
      if (!place.parent || pairs.has(place.parent)) changes.push({ kind: "added", ...thing });
      continue;
    }
    const parent = old.parent && [...pairs].find(([, value]) => value === old.parent)?.[0];
    if ((place.parent ?? null) !== (parent ?? null)) changes.push({ kind: "moved", ...thing });
    changes.push(...diffFields(thing, old.route, place.route, CHILDREN));
    changes.push(...movedChildren(place, pairs, is));
  }
  for (const place of was) {
    if (paired.has(place) || (place.parent && !paired.has(place.parent))) continue;
    changes.push({ kind: "removed", noun: "route", label: routeLabel(place), path: place.path });
  }
  return changes;
}

function movedChildren(parent: Placed, pairs: ReadonlyMap<Placed, Placed>, all: readonly Placed[]): ConfigChange[] {
  const old = pairs.get(parent);
  const stayed = all.filter((place) => place.parent === parent && pairs.get(place)?.parent === old);
  const match = stayed.map((place) => Number(pairs.get(place)?.path.at(-1)));
  return [...movedItems(match)].map((index) => {
    const place = stayed[index]!;
    return { kind: "moved", noun: "route", label: routeLabel(place), path: place.path };
  });
}

function flatten(root: Json | undefined): Placed[] {
  const places: Placed[] = [];
  const visit = (route: Json | undefined, path: Path, parent: Placed | null) => {
    if (!isObject(route)) return;
    const place = { route, path, parent };
    places.push(place);
    if (Array.isArray(route.routes)) {
      for (const [index, child] of route.routes.entries()) visit(child, [...path, "routes", index], place);
    }
  };
  visit(root, ["route"], null);
  return places;
}

function pairRoutes(was: Placed[], is: Placed[]): Map<Placed, Placed> {
  const pairs = new Map<Placed, Placed>();
  const byId = new Map(was.map((place) => [place.route.id, place]));
  const taken = new Set<Placed>();
  const take = (place: Placed, old: Placed) => {
    pairs.set(place, old);
    taken.add(old);
  };
  for (const place of is) {
    const old = place.route.id === undefined ? undefined : byId.get(place.route.id);
    if (old && !taken.has(old)) take(place, old);
  }
  if (was[0] && is[0] && !pairs.has(is[0]) && !taken.has(was[0])) take(is[0], was[0]);
  // Parents come before their children, so what is alike is looked for below the same parent first.
  for (const place of is) {
    const old = pairs.get(place);
    if (!old) continue;
    const open = is.filter((child) => child.parent === place && !pairs.has(child));
    const free = was.filter((child) => child.parent === old && !taken.has(child));
    const match = pairById(free.map(bare), open.map(bare));
    match.forEach((from, to) => {
      if (from !== -1) take(open[to]!, free[from]!);
    });
  }
  return pairs;
}

function bare({ route }: Placed): JsonObject {
  const { id: _, ...rest } = route;
  return rest;
}

/** What a person sees of a route: its matchers, else its receiver. */
export function routeLabel({ route, parent }: Placed): string {
  if (!parent) return "root";
  const matchers = Array.isArray(route.matchers) ? route.matchers.map(String) : [];
  for (const [key, sign] of [
    ["match", "="],
    ["match_re", "=~"],
  ] as const) {
    const map = route[key];
    if (isObject(map))
      matchers.push(...Object.entries(map).map(([name, value]) => `${name}${sign}${JSON.stringify(value)}`));
  }
  return matchers.length > 0
    ? `{${matchers.join(", ")}}`
    : typeof route.receiver === "string"
      ? `→ ${route.receiver}`
      : "{}";
}
