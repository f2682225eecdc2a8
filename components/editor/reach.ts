import { type CompiledRoute, type Config, compileRoutes, profileFor } from "@/lib/alertmanager";
import type { Reach, ReachingRoute } from "./worker-protocol";

/** As many as somebody reads; the rest is a number. */
const SHOWN = 20;

/** The routes that bring alerts to the receiver of this name, also those that inherit it, and the times of the first one. */
export function reachOf(config: Config, profile: string, receiver: string): Reach {
  if (!config.route) return { routes: [], count: 0, timing: null };
  const found: CompiledRoute[] = [];
  collect(compileRoutes(config, profileFor(profile)).root, receiver, found);
  const [first] = found;
  if (!first) return { routes: [], count: 0, timing: null };
  const { group_wait, group_interval, repeat_interval } = first.options;
  return {
    routes: found.slice(0, SHOWN).map(shown),
    count: found.length,
    timing: { group_wait, group_interval, repeat_interval },
  };
}

function collect(route: CompiledRoute, receiver: string, found: CompiledRoute[]): void {
  if (route.options.receiver === receiver) found.push(route);
  for (const child of route.routes) collect(child, receiver, found);
}

function shown(route: CompiledRoute): ReachingRoute {
  const steps: CompiledRoute[] = [];
  for (let step: CompiledRoute | null = route; step; step = step.parent) steps.unshift(step);
  return {
    id: route.id,
    number: steps.flatMap(({ parent, position }) => (parent ? [position + 1] : [])).join("."),
    matchers: steps.flatMap(({ matchers }) => matchers.map(({ name, op, value }) => ({ name, op, value }))),
  };
}
