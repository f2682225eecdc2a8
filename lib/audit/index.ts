import "server-only";

export { type Author, append, lockLog, type NewEvent, type Stream, staleVersion } from "./append";
export { readLog, readStream, type StoredEvent } from "./read";
export { type Checkpoint, type LogProblem, type LogVerification, verifyLog } from "./verify";
