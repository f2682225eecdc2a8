import { fieldsByKey } from "../config/field-at";
import { CONFIG_STRUCT } from "../config/structs";
import { type Config, INTEGRATION_KEYS, type IntegrationKey, type Json, type JsonObject } from "../config/types";
import type { FieldType, StructDefinition } from "../fields";
import type { SharedProgram } from "../profiles/programs";
import { type Context, isObject, isSet, items } from "./context";

/** What a program that runs the configurations of many does otherwise than Alertmanager alone. */
export function checkSharedProgram(context: Context, config: Config, shared: SharedProgram) {
  visit(context, config as unknown as JsonObject, CONFIG_STRUCT, shared);
}

const INTEGRATIONS: ReadonlySet<string> = new Set(INTEGRATION_KEYS);
const VARIABLE = /\$\([A-Za-z0-9_]+\)/;

function visit(context: Context, value: JsonObject, struct: StructDefinition, shared: SharedProgram) {
  const fields = fieldsByKey(struct);
  for (const [key, item] of Object.entries(value)) {
    const field = fields.get(key);
    if (!field || item === null || item === undefined) continue;
    context.at(key, () => {
      checkKey(context, key, item, struct, shared);
      visitValue(context, item, field.type, shared);
    });
  }
}

function visitValue(context: Context, value: Json, type: FieldType, shared: SharedProgram) {
  if (typeof value === "string") return checkText(context, value, shared);
  if (Array.isArray(value)) {
    const item: FieldType = type.kind === "list" ? type.item : { kind: "any" };
    value.forEach((entry, index) => {
      context.at(index, () => visitValue(context, entry, item, shared));
    });
  } else if (isObject(value)) {
    if (type.kind === "struct") return visit(context, value, type.struct, shared);
    const item: FieldType = type.kind === "map" ? type.value : { kind: "any" };
    for (const [key, entry] of Object.entries(value)) context.at(key, () => visitValue(context, entry, item, shared));
  }
}

function checkText(context: Context, text: string, shared: SharedProgram) {
  const [value] = (shared.expandsEnvironment && VARIABLE.exec(text)) || [];
  if (value !== undefined) context.report("environment_expanded", { stage: "notify", params: { value } });
}

function checkKey(context: Context, key: string, item: Json, struct: StructDefinition, shared: SharedProgram) {
  const target = context.profile.id;
  if (INTEGRATIONS.has(key) && struct.name === "Receiver" && items(item).length > 0) {
    if (shared.neverSent.includes(key as IntegrationKey)) {
      context.report("integration_never_sent", { stage: "notify", params: { target, integration: key } });
    }
  }
  if (shared.inexpressible.includes(key)) context.report("not_expressible", { severity: "warning", params: { key } });
  if (shared.program === "prometheus-operator") return;
  const files = struct.name === "Header" && key === "files" && items(item).length > 0;
  if (!files && !(key.endsWith("_file") && isSet(item))) return;
  // What it does not refuse it reads for whoever asks.
  const stage = shared.refusedFiles.includes(key) ? "load" : "notify";
  context.report("file_not_allowed", { stage, params: { key, target } });
}
