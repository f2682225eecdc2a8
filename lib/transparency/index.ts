import "server-only";

export { checkpointNow } from "./checkpoint";
export { startTransparencyWorker } from "./start-transparency-worker";
export { logKeys, readCheckpoint, readEventProof, readGrowthProof, readLogTile } from "./verbs";
