import type { TargetProfile } from "../profiles";
import type { CompiledRoute, CompiledRoutes, RouteOptions } from "./compile-routes";
import { groupKeyHash, lineage, printLabels, routeId, routeKey } from "./group-key";
import { visitCandidates } from "./route-index";

/** One way that an alert takes through the tree. */
export interface RouteMatch {
  route: CompiledRoute;
  /** From the root down to `route`, which notifies. */
  path: readonly CompiledRoute[];
  receiver: string;
  options: RouteOptions;
  groupLabels: Readonly<Record<string, string>>;
  /** As in webhooks: `{}/{team="a"}:{alertname="Down"}`. */
  groupKey: string;
  /** SHA-256 of the group key, in hex. */
  hash: string;
  routeKey: string;
  routeID: string;
}

/**
 * The routes that notify about an alert, in upstream's order: depth first, an alert goes on to the next sibling only
 * behind `continue`, and a route answers itself when none of its children matches.
 */
export function findRoutes({ root }: CompiledRoutes, labels: Readonly<Record<string, string>>): CompiledRoute[] {
  const found: CompiledRoute[] = [];
  visit(root, toMap(labels), found);
  return found;
}

/** Cheaper than by entries: this is done for each alert. */
function toMap(labels: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const name of Object.keys(labels)) map.set(name, labels[name]!);
  return map;
}

function visit(route: CompiledRoute, labels: ReadonlyMap<string, string>, found: CompiledRoute[]): boolean {
  if (!route.accepts(labels)) return false;
  const before = found.length;
  if (route.routes.length > 0) {
    visitCandidates(route.index, labels, (position) => {
      const child = route.routes[position]!;
      return visit(child, labels, found) && !child.continues;
    });
  }
  if (found.length === before) found.push(route);
  return true;
}

/**
 * Every way of an alert through the tree with what the target makes of it: receiver, timers, group and its keys.
 * One label set can take several ways, at least one unless the root's own matchers (an error) refuse it.
 */
export function matchRoutes(compiled: CompiledRoutes, labels: Readonly<Record<string, string>>): RouteMatch[] {
  return findRoutes(compiled, labels).map((route) => matchOf(route, labels, compiled.profile));
}

/** What the target makes of an alert that this route notifies about. */
export function matchOf(
  route: CompiledRoute,
  labels: Readonly<Record<string, string>>,
  profile: TargetProfile,
): RouteMatch {
  const groupLabels = groupLabelsOf(route, labels);
  const key = routeKey(route);
  const groupKey = `${key}:${printLabels(groupLabels, profile)}`;
  return {
    route,
    path: lineage(route),
    receiver: route.options.receiver,
    options: route.options,
    groupLabels,
    groupKey,
    hash: groupKeyHash(groupKey),
    routeKey: key,
    routeID: routeId(route),
  };
}

/** The labels by which the route groups; those that the alert lacks are simply not there. */
export function groupLabelsOf({ options }: CompiledRoute, labels: Readonly<Record<string, string>>) {
  const entries = Object.entries(labels);
  if (options.group_by_all) return Object.fromEntries(entries);
  return Object.fromEntries(entries.filter(([name]) => options.group_by.includes(name)));
}
