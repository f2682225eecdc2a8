export type { Diagnostic, Fix, Severity, SourceRange } from "./diagnostic";
export { DIAGNOSTIC_MESSAGES, type DiagnosticCode } from "./diagnostic-codes";
export { isRefusal } from "./first-refusal";
export { type ValidateOptions, validateConfig } from "./validate-config";
