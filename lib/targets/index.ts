import "server-only";

export type { ReloadOutcome, VerifyOutcome } from "./adapters/alertmanager/replica";
export { digestOf, type FileContent, templateFolderName } from "./adapters/file/file-place";
export type { OpenPlace, OpenReplica, OpenTarget } from "./open-target";
export { readAt, reloadAt, removeOldTemplatesAt, replaceAt, verifyAt } from "./places";
export { recordPublished } from "./store";
