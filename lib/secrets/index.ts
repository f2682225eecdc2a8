import "server-only";

export { type OpenDataKey, openDataKeys, storeDataKeys, tenantsWithDataKeys } from "./backup-keys";
export { findSealed } from "./find-sealed";
export { checkKey, checkKeyFile } from "./keys/keyring";
export { newOwnKey, openUnder, sealUnder } from "./own-key";
export { factsFor, openSecrets, openText, type Sealed, seal, sealText } from "./seal";
export type { RecordedFacts, SecretKind } from "./secret-facts";
