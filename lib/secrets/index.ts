import "server-only";

export { announceDataKeys, type NewDataKey } from "./announce";
export { unwrapDataKey, wrapDataKey } from "./backup-keys";
export { findSealed } from "./find-sealed";
export { checkKey, checkKeyFile, readRing } from "./keys/keyring";
export { writeUses } from "./keys/uses";
export { newOwnKey, openUnder, sealUnder } from "./own-key";
export { countOlder, rewrapAll } from "./rewrap";
export { addKek, addNextDataKey, dueDataKeys, raiseMinimum } from "./rotate";
export { factsFor, openSecrets, openText, type Sealed, seal, sealText } from "./seal";
export { sealAllAgain } from "./seal-again";
export type { RecordedFacts, SecretKind } from "./secret-facts";
export { describeKeyring } from "./status";
export { verifyKeys } from "./verify";
