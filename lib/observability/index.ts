import "server-only";

export { type Logger, logger } from "./logger";
export { metrics } from "./metrics";
export { requestIdOf } from "./request-id";
