export { type CompiledRoute, type CompiledRoutes, compileRoutes, type RouteOptions } from "./compile-routes";
export { explainRoutes, type RouteExplanation } from "./explain-routes";
export { groupKeyHash, printLabels, routeId, routeKey } from "./group-key";
export { readInjected } from "./injected-matchers";
export { findRoutes, groupLabelsOf, matchRoutes, type RouteMatch } from "./match-routes";
