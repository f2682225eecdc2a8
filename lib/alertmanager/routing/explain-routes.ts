import { compileMatcher, type Matcher } from "../matchers";
import type { CompiledRoute, CompiledRoutes } from "./compile-routes";

/** What became of an alert at one route; below routes that it did not enter nothing is told. */
export interface RouteExplanation {
  route: CompiledRoute;
  /**
   * `notifies`: it matches and no child does; `passes_on`: it matches and children notify; `refuses`: matchers fail, or
   * cannot be read (`route.error`); `unreached`: a sibling before it kept the alert.
   */
  outcome: "notifies" | "passes_on" | "refuses" | "unreached";
  /** The matchers that fail, each with the label's value; "" when the alert lacks the label. */
  failed: readonly { matcher: Matcher; value: string }[];
  /** It takes the alert and lets it go on to later siblings. */
  continues: boolean;
  /** The sibling that kept the alert: it matched and has no `continue`. */
  keptBy: CompiledRoute | null;
  routes: readonly RouteExplanation[];
}

/**
 * Why an alert goes where it goes, and why nowhere else: every route that was asked, with its failed matchers. Unlike
 * `matchRoutes` this asks each sibling in turn, so that it costs as much as upstream's own walk.
 */
export function explainRoutes({ root }: CompiledRoutes, labels: Readonly<Record<string, string>>): RouteExplanation {
  return explain(root, new Map(Object.entries(labels)));
}

function explain(route: CompiledRoute, labels: ReadonlyMap<string, string>): RouteExplanation {
  const failed = route.matchers.flatMap((matcher) => {
    const value = labels.get(matcher.name) ?? "";
    return compileMatcher(matcher)(value) ? [] : [{ matcher, value }];
  });
  if (failed.length > 0 || route.error !== null) return { ...NOTHING, route, outcome: "refuses", failed };
  const routes: RouteExplanation[] = [];
  let keptBy: CompiledRoute | null = null;
  let taken = false;
  for (const child of route.routes) {
    if (keptBy) {
      routes.push({ ...NOTHING, route: child, outcome: "unreached", keptBy });
      continue;
    }
    const explanation = explain(child, labels);
    routes.push(explanation);
    if (explanation.outcome === "refuses") continue;
    taken = true;
    if (!child.continues) keptBy = child;
  }
  return { ...NOTHING, route, outcome: taken ? "passes_on" : "notifies", continues: route.continues, routes };
}

const NOTHING = { failed: [], continues: false, keptBy: null, routes: [] };
