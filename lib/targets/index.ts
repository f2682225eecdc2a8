import "server-only";

export type { ReloadOutcome, VerifyOutcome } from "./adapters/alertmanager/replica";
export { digestOf, type FileContent, templateFolderName } from "./adapters/file/file-place";
export { createTarget } from "./create-target";
export { driftOfTenant, listTargets } from "./list-targets";
export type { OpenPlace, OpenReplica, OpenTarget } from "./open-target";
export { listPlaces, openTargets } from "./open-targets";
export type { Operator } from "./operator";
export { deleteTarget, listAllTargets } from "./operator-targets";
export { readAt, reloadAt, removeOldTemplatesAt, replaceAt, verifyAt } from "./places";
export { readForImport, readLive } from "./read-live";
export { recordPublished } from "./store";
export { targetProfileFor } from "./target-profile-for";
