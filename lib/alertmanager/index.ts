export * from "./config";
export { applyFix } from "./diff/apply-fix";
export * from "./diff/behaviour";
export { type ChangeKind, type ChangeNoun, type ConfigChange, type PlanLine, planLine } from "./diff/config-change";
export { diffConfig } from "./diff/diff-config";
export { type Conflict, mergeDocuments } from "./diff/merge-documents";
export { type Side, type Sides, takeSides } from "./diff/take-sides";
export * from "./dispatch";
export * from "./expectations";
export type { Field, FieldType, IntegrationDefinition, StructDefinition } from "./fields";
export { printGoDuration } from "./go/duration";
export {
  findInhibitions,
  type InhibitedBy,
  type MutedFiring,
  type PastInhibition,
  pastInhibitions,
} from "./inhibition";
export * from "./integrations";
export * from "./matchers";
export * from "./notifications";
export * from "./preview";
export * from "./profiles";
export { configHash } from "./rendering/config-hash";
export { emptyDocument } from "./rendering/empty-document";
export { type RenderedText, renderConfig } from "./rendering/render-config";
export { type RenderedConfig, renderForTarget, type TargetOptions } from "./rendering/render-for-target";
export { stripIds } from "./rendering/strip-ids";
export * from "./routing";
export * from "./routing/lints";
export * from "./templates";
export * from "./time-intervals";
export * from "./tracing";
export * from "./validation";
export { type ParsedConfig, type ParseOptions, parseConfig } from "./yaml/parse-config";
export { forgetSources } from "./yaml/source";
