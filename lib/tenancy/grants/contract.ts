import { z } from "zod";
import type { Config, Expectation, Route } from "@/lib/alertmanager";

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

/** `*` stands for any text, also none; everything else for itself. Never takes long, whatever the pattern. */
function fits(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  const end = name.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

export function coversReceiver(grants: Grants, name: unknown): boolean {
  return typeof name === "string" && grants.receivers.some((pattern) => fits(pattern, name));
}

/** An expectation that fails holds up everybody: with limits, only what is about receivers within them alone. */
export function isExpectationWithin(
  grants: Grants | null,
  { receivers, reaches, not }: Pick<Expectation, "receivers" | "reaches" | "not">,
): boolean {
  if (grants === null) return true;
  const names = [receivers, reaches, not].flatMap((list) => list ?? []);
  return names.length > 0 && names.every((name) => coversReceiver(grants, name));
}

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
