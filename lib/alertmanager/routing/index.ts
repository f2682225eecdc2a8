export { type CompiledRoute, type CompiledRoutes, compileRoutes, type RouteOptions } from "./compile-routes";
export { hashOf, printLabels, routeId, routeKey } from "./group-key";
export { findRoutes, groupLabelsOf, matchRoutes, type RouteMatch } from "./match-routes";
