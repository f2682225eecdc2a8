export { defaultTemplates } from "./defaults";
export { type DefaultsFit, defaultsFor, judgeDefaults } from "./defaults-fit";
export { executeTemplate, type TemplateRequest, type TemplateResult } from "./engine";
export type { TemplateAlert, TemplateData } from "./model";
export { defaultTemplateNames, type TemplateNames, templateNames } from "./template-names";
export {
  checkTemplateFiles,
  checkTemplateText,
  parseTemplates,
  type TemplateProblem,
  type TemplateSet,
} from "./template-set";
