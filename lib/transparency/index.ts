import "server-only";

export { judgeCheckpoint, readCheckpointNote } from "./checkpoint";
export { exportLines, exportLog } from "./export-log";
export { startTransparencyWorker } from "./start-transparency-worker";
export { logKeys, readCheckpoint, readEventProof, readGrowthProof, readLogTile } from "./verbs";
