import { fieldsByKey, typeOf } from "../config/field-at";
import type { Json, JsonObject } from "../config/types";
import type { Field, FieldType, StructDefinition } from "../fields";
import { type Context, isObject } from "./context";
import { checkRegexps } from "./rules/route";
import { STRUCT_RULES } from "./rules/struct-rules";
import { checkScalar } from "./scalars";
import { suggestionFor } from "./suggest";

/** Structs that carry our own `id` beside upstream's keys. */
const WITH_ID = new Set(["Route", "Receiver"]);

/** Judges everything below one mapping: keys, types, values and the rules of each struct, in upstream's order. */
export function checkStruct(context: Context, value: JsonObject, struct: StructDefinition) {
  const fields = fieldsByKey(struct);
  for (const key in value) {
    const item = value[key];
    if (item === undefined) continue;
    const field = fields.get(key);
    if (!field) {
      if (key !== "id" || !(WITH_ID.has(struct.name) || "label" in struct)) reportUnknown(context, value, struct, key);
      continue;
    }
    context.path.push(key);
    if (!context.profile.knows(struct, key)) reportTooNew(context, field);
    checkValue(context, item, typeOf(field, context.profile.reaches), field);
    context.path.pop();
  }
  const rule = STRUCT_RULES[struct.name];
  if (rule) context.rules(() => rule(context, value));
}

/** Subtrees without findings, by the profile that found none: most of a large tree is the same after an edit. */
const cleanRoutes = new WeakMap<JsonObject, unknown>();

function checkRoute(context: Context, value: JsonObject, struct: StructDefinition) {
  if (cleanRoutes.get(value) === context.profile) return;
  const before = context.diagnostics.length;
  checkStruct(context, value, struct);
  if (context.diagnostics.length === before) cleanRoutes.set(value, context.profile);
}

function checkValue(context: Context, value: Json, type: FieldType, field: Field) {
  switch (type.kind) {
    case "struct": {
      if (value === null) return;
      if (isObject(value))
        return type.struct.name === "Route"
          ? checkRoute(context, value, type.struct)
          : checkStruct(context, value, type.struct);
      if (type.struct.shorthand && typeof value !== "object") return;
      return reportWrong(context, value, field, "a mapping");
    }
    case "list": {
      if (value === null) return;
      if (!Array.isArray(value)) return reportWrong(context, value, field, "a list");
      for (let index = 0; index < value.length; index++) {
        const item = value[index]!;
        if (isObject(item) && cleanRoutes.get(item) === context.profile) continue;
        context.path.push(index);
        checkValue(context, item, type.item, field);
        context.path.pop();
      }
      return;
    }
    case "map": {
      if (value === null) return;
      if (!isObject(value)) return reportWrong(context, value, field, "a mapping");
      for (const key in value) {
        context.path.push(key);
        checkValue(context, value[key]!, type.value, field);
        context.path.pop();
      }
      if (type.value.kind === "regexp") context.rules(() => checkRegexps(context, value));
      return;
    }
    default:
      if (value !== null) checkScalar(context, value, type, field);
  }
}

function reportWrong(context: Context, value: Json, field: Field, expected: string) {
  const actual = Array.isArray(value)
    ? "a list"
    : isObject(value)
      ? "a mapping"
      : typeof value === "string"
        ? "text"
        : `a ${typeof value}`;
  context.report("wrong_type", { params: { key: field.key, expected, actual } });
}

function reportUnknown(context: Context, value: JsonObject, struct: StructDefinition, key: string) {
  const known = struct.fields.map((field) => field.key).filter((name) => context.profile.knows(struct, name));
  const suggestion = suggestionFor(
    key,
    known.filter((name) => !Object.hasOwn(value, name)),
  );
  if (!suggestion) return context.report("unknown_key", { params: { key } }, key);
  const edits = [{ path: context.below(key) }, { path: context.below(suggestion), value: value[key]! }];
  context.report("unknown_key_suggestion", { params: { key, suggestion }, fix: { code: "rename_key", edits } }, key);
}

function reportTooNew(context: Context, field: Field) {
  const { type } = field;
  const integration = type.kind === "list" && type.item.kind === "struct" && "label" in type.item.struct;
  const params = { since: field.since ?? "", version: context.profile.version };
  const fix = { code: "remove_key", edits: [{ path: context.below() }] };
  if (context.profile.reaches(field.since)) {
    return context.report("key_left_out", { params: { key: field.key, target: context.profile.id }, fix });
  }
  if (integration) context.report("integration_too_new", { params: { ...params, integration: field.key }, fix });
  else context.report("key_too_new", { params: { ...params, key: field.key }, fix });
}
