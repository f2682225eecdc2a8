export { type CompiledRoute, type CompiledRoutes, compileRoutes, type RouteOptions } from "./compile-routes";
export { findRoutes, matchRoutes, type RouteMatch } from "./match-routes";
