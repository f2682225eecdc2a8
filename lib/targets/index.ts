import "server-only";

export { acknowledgeDrift } from "./acknowledge-drift";
export type { ReloadOutcome, VerifyOutcome } from "./adapters/alertmanager/replica";
export { digestOf, type FileContent, templateFolderName, templateFoldersOf } from "./adapters/file/file-place";
export { createTarget } from "./create-target";
export {
  type DefaultTemplates,
  defaultTemplatesFor,
  defaultTemplatesOf,
  listDefaultTemplates,
  readTargetTemplates,
  removeDefaultTemplates,
  uploadDefaultTemplates,
} from "./default-templates";
export { injectMatchers } from "./injected-matchers";
export { driftOfTenant, listTargets } from "./list-targets";
export { maskYaml } from "./mask-yaml";
export type { OpenPlace, OpenReplica, OpenTarget } from "./open-target";
export { listPlaces, openTargets } from "./open-targets";
export type { Operator } from "./operator";
export { deleteTarget, listAllTargets } from "./operator-targets";
export { postAlertsAt, readAlertsAt, readAt, reloadAt, removeOldTemplatesAt, replaceAt, verifyAt } from "./places";
export { readForImport, readLive, readShownPlace, type ShownPlace } from "./read-live";
export { countTargets, recordPublished } from "./store";
export { targetProfileFor, targetProfilesFor } from "./target-profile-for";
