import { isSecretRef } from "../config/secret-ref";
import { CONFIG_STRUCT } from "../config/structs";
import type { Config, Json, JsonObject, Path } from "../config/types";
import type { Field, FieldType, StructDefinition } from "../fields";

/** A text of the configuration that is a template in some version. */
export interface TemplatedText {
  path: Path;
  text: string;
  /** `key`: the text is the key of an entry; `default`: nobody wrote it, it stands for what is absent. */
  role: "value" | "key" | "default";
}

type Edit = (text: string, role: TemplatedText["role"], path: Path) => string;

const remembered = new WeakMap<Config, readonly TemplatedText[]>();

/** The texts with actions in all templated fields of receivers and routes, absent ones by their defaults; not those that are sealed. */
export function templatedTexts(config: Config): readonly TemplatedText[] {
  const known = remembered.get(config);
  if (known) return known;
  const texts: TemplatedText[] = [];
  mapTemplatedTexts(config, (text, role, path) => {
    texts.push({ path, text, role });
    return text;
  });
  remembered.set(config, texts);
  return texts;
}

/** The configuration with its templated texts edited; what stays the same stays the same object. */
export function mapTemplatedTexts(config: Config, edit: Edit): Config {
  const withActions: Edit = (text, role, path) =>
    text.includes("{{") && !isSecretRef(text) ? edit(text, role, path) : text;
  return new Mapper(withActions).struct(config as unknown as JsonObject, CONFIG_STRUCT, []) as unknown as Config;
}

const ANY: FieldType = { kind: "any" };

class Mapper {
  constructor(private readonly edit: Edit) {}

  struct(value: JsonObject, struct: StructDefinition, path: Path): JsonObject {
    let result = value;
    for (const field of struct.fields) {
      const item = value[field.key];
      const at = [...path, field.key];
      if (item === undefined || item === null) {
        if (field.templated && typeof field.default === "string") this.edit(field.default, "default", at);
        continue;
      }
      const mapped = this.value(item, field.type, field, at);
      if (mapped === item) continue;
      if (result === value) result = { ...value };
      result[field.key] = mapped;
    }
    return result;
  }

  private value(value: Json, type: FieldType, field: Field, path: Path): Json {
    if (typeof value === "string") return field.templated ? this.edit(value, "value", path) : value;
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) {
      const item = type.kind === "list" ? type.item : ANY;
      const items = value.map((entry, index) => this.value(entry, item, field, [...path, index]));
      return items.every((entry, index) => entry === value[index]) ? value : items;
    }
    if (type.kind === "struct") return this.struct(value, type.struct, path);
    if (!field.templated) return value;
    return this.entries(value, type, field, path);
  }

  /** Keys of what is free in form are templates too; those of a map (PagerDuty's `details`) are names. */
  private entries(value: JsonObject, type: FieldType, field: Field, path: Path): JsonObject {
    const item = type.kind === "map" ? type.value : ANY;
    const entries = Object.entries(value).map(([key, entry]): [string, Json] => {
      const at = [...path, key];
      return [type.kind === "map" ? key : this.edit(key, "key", at), this.value(entry, item, field, at)];
    });
    const same = entries.every(([key, entry]) => Object.hasOwn(value, key) && value[key] === entry);
    return same ? value : Object.fromEntries(entries);
  }
}
