import "server-only";

export { carryOutErasures } from "./carry-out";
export { eraseOwnAccount, erasePersonOf } from "./erase";
export { listErasures } from "./erase-person";
export { parseErasures } from "./erasure-list";
export { exportPerson, exportPersonZip } from "./export-person";
export { personOfAddress } from "./people-by-address";
export { processing, processingMarkdown } from "./processing";
export { startPrivacyWorker } from "./start-privacy-worker";
export { beginAgain, eraseAgain, tombstones } from "./tombstones";
