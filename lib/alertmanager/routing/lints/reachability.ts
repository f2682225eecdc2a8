import type { Json, JsonObject } from "../../config/types";
import { printMatchers } from "../../matchers";
import { equalJson } from "../../rendering/equal";
import { stripIds } from "../../rendering/strip-ids";
import type { Fix } from "../../validation/diagnostic";
import type { CompiledRoute } from "../compile-routes";
import { type Findings, removal } from "./lint";
import type { Place } from "./places";
import { type Demands, demandsOf, NO_DEMANDS, reachOf } from "./reach";

/** How many of the routes that take everything are named. */
const MOST_NAMED = 3;

/** Routes that no alert can reach, that keep everything from those behind them, or that say what one before them said. */
export function lintReachability(root: Place, findings: Findings) {
  visit(root, [], NO_DEMANDS, findings);
}

function visit(place: Place, above: readonly CompiledRoute[], parents: Demands, findings: Findings) {
  const path = [...above, place.route];
  const demands = place.route.error === null ? demandsOf(place.route, parents) : null;
  if (!demands) {
    // What is wrong with matchers that cannot be read is told by validateConfig.
    if (place.route.error !== null) return;
    const matchers = printMatchers(place.route.matchers);
    const fix = removal("remove_route", place.path);
    if (place.parent) findings.add("route_contradictory", place.path, { matchers }, { severity: "warning", fix });
    return;
  }
  if (place.parent) {
    const reach = reachOf(path, demands);
    if (reach.kind === "never") return unreachable(place, reach.by, findings);
  }
  lintChildren(place, findings);
  for (const child of place.children) visit(child, path, demands, findings);
}

function unreachable({ path, route }: Place, by: readonly CompiledRoute[], findings: Findings) {
  const more = { severity: "warning", fix: removal("remove_route", path) } as const;
  const [first, ...others] = by;
  if (!first) return;
  const names = by.slice(0, MOST_NAMED).map(({ matchers }) => printMatchers(matchers));
  const name = by.length > MOST_NAMED ? `${names.join(", ")}, …` : names.join(", ");
  if (others.length > 0) return findings.add("route_covered", path, { by: name, count: by.length }, more);
  if (first.matchers.length === 0) return findings.add("route_unreachable", path, {}, more);
  const equal = first.parent === route.parent && name === printMatchers(route.matchers);
  findings.add(equal ? "route_duplicate" : "route_shadowed", path, { by: name }, more);
}

function lintChildren({ path, written, children }: Place, findings: Findings) {
  const byMatchers = new Map<string, number>();
  children.forEach((child, at) => {
    const { route } = child;
    if (route.error !== null) return;
    if (route.matchers.length === 0 && !route.continues && at < children.length - 1) {
      const rest = (written.routes ?? []).filter((one) => one !== child.written);
      const value = [...rest, child.written] as unknown as Json;
      const fix: Fix = { code: "move_last", edits: [{ path: [...path, "routes"], value }] };
      const count = children.length - 1 - at;
      findings.add("route_catches_all", child.path, { count }, { severity: "warning", fix });
    }
    const key = printMatchers(route.matchers);
    const before = byMatchers.get(key);
    const twin = before === undefined ? undefined : children[before];
    if (before === undefined || !twin?.route.continues) byMatchers.set(key, at);
    else if (equalJson(bare(twin), bare(child))) {
      const fix = withoutTwin(twin, child, at === before + 1);
      findings.add("route_repeated", child.path, { by: key }, { severity: "warning", ...(fix && { fix }) });
    }
  });
}

/** All but what tells the two apart anyway. */
function bare({ written }: Place): Json {
  const { id: _, continue: __, ...rest } = stripIds({ route: written }).route as JsonObject;
  return rest;
}

/** The later of two equal routes goes, and the alerts go on from the first as they went on from it. */
function withoutTwin(twin: Place, child: Place, adjacent: boolean): Fix | null {
  const remove = { path: child.path };
  if (child.route.continues) return { code: "remove_route", edits: [remove] };
  return adjacent ? { code: "remove_route", edits: [remove, { path: [...twin.path, "continue"] }] } : null;
}
