import "server-only";

export { bearsMetricsToken, bearsWitnessToken } from "./bearer-tokens";
export { clientAddressOf } from "./client-address";
export { type Logger, logger } from "./logger";
export { metrics } from "./metrics";
export { requestIdOf } from "./request-id";
export { roundEnded, rounds } from "./rounds";
