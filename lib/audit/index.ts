import "server-only";

export { type Author, append, lockLog, type NewEvent, type Stream, staleVersion } from "./append";
export { archiveEvents } from "./archive";
export {
  cosignaturesOf,
  keepCosignature,
  type LogSigner,
  latestCheckpoint,
  logSize,
  prepareLog,
  type StoredCheckpoint,
  signLog,
} from "./checkpoints";
export { countEvents, type EventFilter, proveEvent, proveEvents, proveGrowth } from "./prove";
export { readLog, readStream, type StoredEvent } from "./read";
export { type FoundEvents, type LogSearch, recentKinds, searchLog } from "./search";
export { newSigningKey, signerOf } from "./signing";
export { readTile } from "./tiles";
export { type Checkpoint, type LogProblem, type LogVerification, verifyLog } from "./verify";
