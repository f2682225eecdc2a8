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
export { type BackupRestored, checkBackup, restoreBackup } from "./restore-backup";
export { takeBackup } from "./take-backup";
