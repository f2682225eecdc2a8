import type { Config, Path, Route } from "../../config/types";
import type { TargetProfile } from "../../profiles";
import { isObject, items } from "../../validation/context";
import { type CompiledRoute, compileRoutes } from "../compile-routes";

/** A route as it is written, as it is understood, and where it stands. */
export interface Place {
  readonly written: Route;
  readonly route: CompiledRoute;
  readonly path: Path;
  readonly parent: Place | null;
  readonly children: readonly Place[];
}

/** The tree with the path of each route. */
export function placesOf(config: Config, profile: TargetProfile): Place | null {
  if (!isObject(config.route)) return null;
  return placeOf(config.route as unknown as Route, compileRoutes(config, profile).root, ["route"], null);
}

function placeOf(written: Route, route: CompiledRoute, path: Path, parent: Place | null): Place {
  const children: Place[] = [];
  const place: Place = { written, route, path, parent, children };
  items(written.routes as never).forEach((child, index) => {
    if (!isObject(child)) return;
    const compiled = route.routes[children.length]!;
    children.push(placeOf(child as unknown as Route, compiled, [...path, "routes", index], place));
  });
  return place;
}
