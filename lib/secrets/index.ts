import "server-only";

export { checkKey } from "./key-file";
export { factsFor, openSecrets, openText, type Sealed, seal, sealText } from "./seal";
export type { RecordedFacts, SecretKind } from "./secret-facts";
