import { z } from "zod";
import type { Config, Route } from "@/lib/alertmanager";
import { coversReceiver } from "./covers/contract";

/** What else there is beside receivers and routes. */
export const GRANTABLE_PARTS = ["templates", "time_intervals", "inhibit_rules", "global"] as const;
export type GrantablePart = (typeof GRANTABLE_PARTS)[number];

/**
 * What an editor or approver may change, and nothing else: receivers by name (`*` stands for anything), routes below and at
 * the top of a subtree. The top's matchers, its `continue` and its place stay as they are, so a subtree gets no more alerts
 * than it was given.
 */
export const grantsSchema = z.object({
  receivers: z.array(z.string().trim().min(1).max(200)).max(100),
  routes: z
    .array(
      z.object({
        id: z.string().min(1).max(64),
        /** What it was called when it was granted, for the day that it is gone. */
        label: z.string().max(500),
      }),
    )
    .max(100),
  parts: z.array(z.enum(GRANTABLE_PARTS)).max(GRANTABLE_PARTS.length),
});
export type Grants = z.infer<typeof grantsSchema>;

export const setGrantsInputSchema = z.object({
  /** `null`: everything that the role includes. */
  grants: grantsSchema.nullable(),
});

export interface Covered {
  receivers: string[];
  /** Granted subtrees that are there, with how many routes each holds. */
  routes: { id: string; routes: number }[];
}

/** What grants cover in a configuration, for whoever gives them. */
export function coverage(config: Config, grants: Grants): Covered {
  const names = (Array.isArray(config.receivers) ? config.receivers : []).map((receiver) => receiver?.name);
  const ids = new Set(grants.routes.map(({ id }) => id));
  const routes: Covered["routes"] = [];
  visit(config.route, (route) => {
    if (!route.id || !ids.has(route.id)) return;
    let count = 0;
    visit(route, () => void count++);
    routes.push({ id: route.id, routes: count });
  });
  return { receivers: names.filter((name) => coversReceiver(grants, name)), routes };
}

function visit(route: Route | undefined | null, see: (route: Route) => void): void {
  if (!route) return;
  const waiting: Route[] = [route];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    see(next);
    for (const child of Array.isArray(next.routes) ? next.routes : []) if (child) waiting.push(child);
  }
}

/** Of several groups: whatever one of them gives. */
export function joinGrants(given: readonly (Grants | null)[]): Grants | null {
  const limited = given.filter((grants) => grants !== null);
  if (limited.length < given.length || limited.length === 0) return null;
  const routes = new Map(limited.flatMap((grants) => grants.routes).map((route) => [route.id, route]));
  return {
    receivers: [...new Set(limited.flatMap(({ receivers }) => receivers))],
    routes: [...routes.values()],
    parts: [...new Set(limited.flatMap(({ parts }) => parts))],
  };
}
