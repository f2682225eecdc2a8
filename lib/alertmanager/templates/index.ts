export { defaultTemplates } from "./defaults";
export { type DefaultsFit, defaultsFor, judgeDefaults } from "./defaults-fit";
export { executeTemplate, type TemplateRequest, type TemplateResult } from "./engine";
export {
  type LanguageContext,
  type TemplateCompletions,
  type TemplateHover,
  templateCompletions,
  templateHover,
  templateVocabulary,
} from "./language";
export { type TemplateFinding, type TemplateFindingCode, templateDiagnostics } from "./language-diagnostics";
export type { TemplateThing } from "./language-types";
export type { TemplateSources } from "./language-workspace";
export type { TemplateAlert, TemplateData } from "./model";
export { defaultTemplateNames, type TemplateNames, templateNames } from "./template-names";
export {
  checkTemplateFiles,
  checkTemplateText,
  parseTemplates,
  type TemplateProblem,
  type TemplateSet,
} from "./template-set";
export {
  definitionOf,
  type RenameProblem,
  receiversUsing,
  renameTemplate,
  type TemplateCall,
  type TemplateDefine,
  type TemplateRename,
  type TemplateSymbols,
  templateSymbols,
} from "./workbench";
export { type DefinitionOutput, renderDefinition } from "./workbench-output";
