import type { Field, FieldType, StructDefinition } from "../fields";
import { fieldsByKey } from "./field-at";
import { CONFIG_STRUCT } from "./structs";
import type { Config, Json, JsonObject, Path } from "./types";

const SECRET_KINDS = new Set<FieldType["kind"]>(["secret", "secretUrl", "secretTemplateUrl"]);

export function isSecretField(type: FieldType): boolean {
  return SECRET_KINDS.has(type.kind);
}

/** Whether a secret may stand anywhere below; keeps the walk out of most of a configuration. */
const holders = new WeakMap<StructDefinition, boolean>();

function mayHold(type: FieldType): boolean {
  if (type.kind === "list") return mayHold(type.item);
  if (type.kind === "map") return mayHold(type.value);
  if (type.kind !== "struct") return isSecretField(type);
  const known = holders.get(type.struct);
  if (known !== undefined) return known;
  holders.set(type.struct, false);
  const holds = type.struct.fields.some((field) => mayHold(field.type));
  holders.set(type.struct, holds);
  return holds;
}

type Replace = (path: Path, value: string, field: Field) => Json;

/** A copy of `value` where a secret changed, `value` itself where none did. */
function walk(
  value: Json | undefined,
  type: FieldType,
  field: Field | undefined,
  path: Path,
  replace: Replace,
): Json | undefined {
  if (value === null || value === undefined || !mayHold(type)) return value;
  if (field && isSecretField(type)) return typeof value === "string" ? replace(path, value, field) : value;
  if (type.kind === "list" && Array.isArray(value)) {
    let copy: Json[] | undefined;
    value.forEach((item, index) => {
      const next = walk(item, type.item, field, [...path, index], replace) as Json;
      if (next !== item) {
        copy ??= [...value];
        copy[index] = next;
      }
    });
    return copy ?? value;
  }
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const fields = type.kind === "struct" ? fieldsByKey(type.struct) : undefined;
  let copy: JsonObject | undefined;
  for (const [key, item] of Object.entries(value)) {
    const inner = fields ? fields.get(key) : field;
    const innerType = type.kind === "map" ? type.value : inner?.type;
    if (!innerType) continue;
    const next = walk(item, innerType, inner, [...path, key], replace) as Json;
    if (next !== item) {
      copy ??= { ...value };
      copy[key] = next;
    }
  }
  return copy ?? value;
}

/** Calls `visit` for every string that stands in a secret field: a reference, a plain value or a placeholder. */
export function visitSecrets(config: Config, visit: (path: Path, value: string, field: Field) => void): void {
  mapSecrets(config, (path, value, field) => {
    visit(path, value, field);
    return value;
  });
}

/** `config` with every secret string replaced; what holds no changed secret is shared with the original. */
export function mapSecrets(config: Config, replace: (path: Path, value: string, field: Field) => string): Config {
  const root = config as unknown as JsonObject;
  return walk(root, { kind: "struct", struct: CONFIG_STRUCT }, undefined, [], replace) as unknown as Config;
}
