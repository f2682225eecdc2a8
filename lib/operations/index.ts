import "server-only";

export { exportTenant } from "./export-tenant";
export { readHealth } from "./health";
export {
  listKeys,
  raiseMinimumKey,
  rewrapKeys,
  rotateDataKey,
  rotateKeys,
  sealAgain,
  tendKeysSoon,
  verifyAllKeys,
} from "./keys";
export { startOperationsWorker } from "./start-operations-worker";
export { usageOf } from "./usage";
export { type ZipEntry, zip } from "./zip";
