import "server-only";

export { judgeCheckpoint, readCheckpointNote } from "./checkpoint";
export { exportLines, exportLog } from "./export-log";
export { listSigningKeys, renewKeys } from "./renew-keys";
export { startTransparencyWorker } from "./start-transparency-worker";
export { publishedKeys, readCheckpoint, readEventProof, readGrowthProof, readLogTile, readRenewals } from "./verbs";
