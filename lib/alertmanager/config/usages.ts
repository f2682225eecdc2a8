import type { Config, Path, Route } from "./types";

export interface Usages {
  /** Paths of the `receiver` keys of routes, by the receiver's name. */
  receivers: Record<string, Path[]>;
  /** Paths of the entries of `mute_time_intervals` and `active_time_intervals` of routes, by interval name. */
  timeIntervals: Record<string, Path[]>;
}

/** Where receivers and time intervals are used. Wrong types in a draft are passed over. */
export function usages(config: Config): Usages {
  const receivers = new Map<string, Path[]>();
  const timeIntervals = new Map<string, Path[]>();
  const add = (map: Map<string, Path[]>, name: unknown, path: Path) => {
    if (typeof name !== "string" || name === "") return;
    const paths = map.get(name);
    if (paths) paths.push(path);
    else map.set(name, [path]);
  };
  const visit = (route: Route | null | undefined, path: Path) => {
    if (!route || typeof route !== "object") return;
    add(receivers, route.receiver, [...path, "receiver"]);
    for (const key of ["mute_time_intervals", "active_time_intervals"] as const) {
      const names = route[key];
      if (!Array.isArray(names)) continue;
      for (const [index, name] of names.entries()) add(timeIntervals, name, [...path, key, index]);
    }
    if (Array.isArray(route.routes)) {
      for (const [index, child] of route.routes.entries()) visit(child, [...path, "routes", index]);
    }
  };
  visit(config.route, ["route"]);
  return { receivers: Object.fromEntries(receivers), timeIntervals: Object.fromEntries(timeIntervals) };
}
