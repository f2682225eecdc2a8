import "server-only";

export { clientAddressOf } from "./client-address";
export { type Logger, logger } from "./logger";
export { metrics } from "./metrics";
export { bearsMetricsToken } from "./metrics-token";
export { requestIdOf } from "./request-id";
export { roundEnded, rounds } from "./rounds";
