import type { CompiledRoute, Matcher, Route, RouteExplanation } from "@/lib/alertmanager";

/** A line of the explanation: a route that was asked, or how many more of its siblings were asked in vain. */
export type WhyRow =
  | { kind: "route"; key: string; depth: number; number: string; explanation: RouteExplanation }
  | { kind: "more"; key: string; depth: number; count: number };

/** Siblings that do not take the alert, of one parent; one that the reader looks for stands among them all the same. */
const MOST_ASIDE = 5;

/**
 * The explanation from top to bottom. With `receiver` only the ways to it: why it is reached, or why not; else of many
 * siblings that do not take the alert the first few, unless `all`.
 */
export function whyRows(root: RouteExplanation, { receiver = "", all = false } = {}): WhyRow[] {
  const rows: WhyRow[] = [];
  const visit = (explanation: RouteExplanation, depth: number, number: string) => {
    const key = number || "root";
    rows.push({ kind: "route", key, depth, number, explanation });
    let aside = 0;
    let left = 0;
    for (const child of explanation.routes) {
      if (receiver !== "" && !leadsTo(child.route, receiver)) continue;
      const taken = child.outcome === "notifies" || child.outcome === "passes_on";
      if (!taken && ++aside > MOST_ASIDE && !all) {
        left++;
        continue;
      }
      const place = `${child.route.position + 1}`;
      visit(child, depth + 1, number === "" ? place : `${number}.${place}`);
    }
    if (left > 0) rows.push({ kind: "more", key: `${key} more`, depth: depth + 1, count: left });
  };
  visit(root, 0, "");
  return rows;
}

/** Whether the route or one below it notifies this receiver. */
export function leadsTo(route: CompiledRoute, receiver: string): boolean {
  return route.options.receiver === receiver || route.routes.some((child) => leadsTo(child, receiver));
}

/** Each matcher of a route with the alert's value of its label, and whether it lets the alert in. */
export function askedMatchers({ route, failed, outcome }: RouteExplanation, labels: Readonly<Record<string, string>>) {
  return route.matchers.map((matcher: Matcher) => ({
    matcher,
    value: Object.hasOwn(labels, matcher.name) ? (labels[matcher.name] ?? "") : null,
    passes: outcome === "unreached" ? null : !failed.some((one) => one.matcher === matcher),
  }));
}

/** `1.2` for the second child of the first; "" for the root. */
export function routeNumber(route: CompiledRoute): string {
  if (!route.parent) return "";
  const above = routeNumber(route.parent);
  return above === "" ? `${route.position + 1}` : `${above}.${route.position + 1}`;
}

/** Which route of the way gives an option its value: a number as `routeNumber` gives it, or `null` for Alertmanager's default. */
export function originOf(
  root: Route | undefined,
  path: readonly CompiledRoute[],
  key: "group_by" | "group_wait" | "group_interval" | "repeat_interval",
): CompiledRoute | null {
  let written: Route | undefined = root;
  let origin: CompiledRoute | null = null;
  for (const [depth, route] of path.entries()) {
    if (depth > 0) written = Array.isArray(written?.routes) ? written.routes[route.position] : undefined;
    if (written?.[key] !== undefined) origin = route;
  }
  return origin;
}
