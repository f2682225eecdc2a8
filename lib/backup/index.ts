import "server-only";

export {
  type Identity,
  keyId,
  newIdentity,
  parseIdentity,
  parseRecipient,
  printIdentity,
  printRecipient,
  recipientOf,
} from "./identity";
export { checkBackup, restoreBackup } from "./restore-backup";
export { takeBackup } from "./take-backup";
