/** The closed union of findings, each with its English text; `{name}` stands for a param. */
export const DIAGNOSTIC_MESSAGES = {
  yaml_syntax: "This is not valid YAML: {reason}",
  unknown_key: "Alertmanager does not know the key {key} here",
  wrong_type: "{key} must be {expected}, not {actual}",
  missing_required: "{key} is required",
} as const satisfies Record<string, string>;

export type DiagnosticCode = keyof typeof DIAGNOSTIC_MESSAGES;
