import type { Regrouping } from "@/lib/alertmanager";

export type RegroupReason = "route" | "labels" | "new" | "gone";

/** Why a group has another key. A key is the matchers on the way to the route, a colon and the group's labels. */
export function regroupReason({ before, after }: Pick<Regrouping, "before" | "after">): RegroupReason {
  if (before === null) return "new";
  if (after === null) return "gone";
  return routeOf(before) === routeOf(after) ? "labels" : "route";
}

function routeOf(key: string): string {
  const colon = key.indexOf("}:{");
  return colon < 0 ? key : key.slice(0, colon + 1);
}
