import type { FieldType, StructDefinition } from "./fields";

export const STRING: FieldType = { kind: "string" };
export const BOOL: FieldType = { kind: "bool" };
export const INT: FieldType = { kind: "int" };
export const UINT: FieldType = { kind: "uint" };
export const FLOAT: FieldType = { kind: "float" };
export const ANY: FieldType = { kind: "any" };
export const DURATION: FieldType = { kind: "duration" };
export const GO_DURATION: FieldType = { kind: "goDuration" };
export const URL: FieldType = { kind: "url" };
export const HOST_PORT: FieldType = { kind: "hostPort" };
export const LABEL_NAME: FieldType = { kind: "labelName" };
export const REGEXP: FieldType = { kind: "regexp" };
export const MATCHER: FieldType = { kind: "matcher" };
export const TIME_INTERVAL_NAME: FieldType = { kind: "timeIntervalName" };
export const RECEIVER_NAME: FieldType = { kind: "receiverName" };
export const SECRET: FieldType = { kind: "secret" };
export const SECRET_URL: FieldType = { kind: "secretUrl" };
export const SECRET_TEMPLATE_URL: FieldType = { kind: "secretTemplateUrl" };
export const TLS_VERSION: FieldType = { kind: "enum", values: ["TLS10", "TLS11", "TLS12", "TLS13"] };

/** The same type under another name in messages. */
export function goNamed(type: FieldType, go: string): FieldType {
  return { ...type, go };
}

export function enumOf(...values: string[]): FieldType {
  return { kind: "enum", values };
}

export function listOf(item: FieldType): FieldType {
  return { kind: "list", item };
}

export function mapOf(value: FieldType): FieldType {
  return { kind: "map", value };
}

export function structOf(struct: StructDefinition): FieldType {
  return { kind: "struct", struct };
}
