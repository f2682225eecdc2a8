import "server-only";

export { exportTenant } from "./export-tenant";
export { readHealth } from "./health";
export { startOperationsWorker } from "./start-operations-worker";
export { usageOf } from "./usage";
