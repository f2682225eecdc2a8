import "server-only";

export { findSealed } from "./find-sealed";
export { checkKey, checkKeyFile } from "./key-file";
export { factsFor, openSecrets, openText, type Sealed, seal, sealText } from "./seal";
export type { RecordedFacts, SecretKind } from "./secret-facts";
