import { type CompiledRoute, type CompiledRoutes, findRoutes } from "@/lib/alertmanager";

/** A value that a matcher of a route takes, as far as it says one. */
function wish({ op, value }: CompiledRoute["matchers"][number]): string | null {
  if (op === "=") return value;
  if (op !== "=~") return null;
  // Of `a|b` the first; whether it really matches is seen below.
  const [first = ""] = value.replace(/^\^?\(?(?:\?:)?|\)?\$?$/g, "").split("|");
  return /[\\^$*+?.()[\]{}]/.test(first) ? null : first;
}

function wishesOf(route: CompiledRoute | null): Record<string, string> {
  if (!route) return {};
  const own = route.matchers.flatMap((matcher) => {
    const value = wish(matcher);
    return value === null ? [] : [[matcher.name, value] as const];
  });
  return { ...wishesOf(route.parent), ...Object.fromEntries(own) };
}

function routesOf(route: CompiledRoute): CompiledRoute[] {
  return [route, ...route.routes.flatMap(routesOf)];
}

export function receiversOf(routes: CompiledRoutes, labels: Readonly<Record<string, string>>): string[] {
  return [...new Set(findRoutes(routes, labels).map(({ options }) => options.receiver))];
}

/**
 * Labels with which an alert is routed to `receiver`, made of the matchers on the way there and of `fixed`, which stay as
 * they are where no matcher asks for something else; `null` when none of its routes can be reached like that.
 */
export function labelsFor(
  routes: CompiledRoutes,
  receiver: string,
  fixed: Readonly<Record<string, string>>,
): Record<string, string> | null {
  for (const route of routesOf(routes.root).filter(({ options }) => options.receiver === receiver)) {
    const labels = Object.fromEntries(
      Object.entries({ ...fixed, ...wishesOf(route) }).filter(([, value]) => value !== ""),
    );
    if (receiversOf(routes, labels).includes(receiver)) return labels;
  }
  return null;
}
