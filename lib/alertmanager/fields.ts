import type { Json } from "./config/types";

/** The Go type behind a field, as far as its behaviour shows. */
export type FieldType = FieldKind & {
  /** Its name in messages, where the kind does not tell it. */
  go?: string;
};

type FieldKind =
  | { kind: "string" | "bool" | "int" | "uint" | "float" | "any" }
  /** `model.Duration` (5m, 1d12h) */
  | { kind: "duration" }
  /** `time.Duration` (5s, 1.5h; a bare integer is nanoseconds) */
  | { kind: "goDuration" }
  | { kind: "url" | "hostPort" | "labelName" | "regexp" | "matcher" | "timeIntervalName" | "receiverName" }
  | { kind: "secret" | "secretUrl" | "secretTemplateUrl" }
  | { kind: "enum"; values: readonly string[]; caseInsensitive?: boolean }
  | { kind: "list"; item: FieldType }
  | { kind: "map"; value: FieldType }
  | { kind: "struct"; struct: StructDefinition };

/** One key of a struct, described once: decoder, validator, form, reference docs and version gate all read this. */
export interface Field {
  key: string;
  type: FieldType;
  /** The value, or for maps and lists its string leaves, is a Go template at send time. */
  templated?: boolean;
  required?: boolean;
  /** What the struct holds after unmarshalling when the key is absent; shown as the placeholder. */
  default?: Json;
  /** Key of `global` (or keys, first set wins) from which an absent value is taken. */
  inherits?: string | readonly string[];
  /** First Alertmanager version that knows the key; absent = 0.25 or earlier. */
  since?: string;
  /** What the key held before a version. */
  was?: { until: string; type: FieldType };
  /** Fields of one group exclude each other (`api_url`, `api_url_file`); the form shows them as one control. */
  exclusive?: string;
  /** Multi-line input in the form. */
  multiline?: boolean;
}

export interface StructDefinition {
  /** Upstream's struct, `SlackConfig`; message keys are `fields.<name>.<key>`. */
  name: string;
  fields: readonly Field[];
  /** A scalar in place of the mapping sets this key (Jira's `summary`). */
  shorthand?: string;
  /** Groups of which exactly one (or at least one) field must be set, in this struct. */
  exclusive?: Readonly<Record<string, { required: boolean }>>;
}

/** One native integration, describing itself. */
export interface IntegrationDefinition extends StructDefinition {
  /** Key under a receiver: `slack_configs`. */
  key: string;
  /** Product name, the same in every language: `Slack`. */
  label: string;
  since?: string;
}
