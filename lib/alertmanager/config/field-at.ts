import type { Field, FieldType, StructDefinition } from "../fields";
import { CONFIG_STRUCT } from "./structs";
import type { Path } from "./types";

const MAPS = new WeakMap<StructDefinition, ReadonlyMap<string, Field>>();

/** The fields of a struct by key, built once per struct. */
export function fieldsByKey(struct: StructDefinition): ReadonlyMap<string, Field> {
  let map = MAPS.get(struct);
  if (!map) {
    map = new Map(struct.fields.map((field) => [field.key, field]));
    MAPS.set(struct, map);
  }
  return map;
}

/** What the field holds in a version, by whether that version is reached. */
export function typeOf({ type, was }: Field, reaches: (since: string) => boolean): FieldType {
  return was && !reaches(was.until) ? was.type : type;
}

/** The field that describes what stands at `path`; inside its list or map it is still that field. */
export function fieldAt(path: Path): Field | undefined {
  let type: FieldType = { kind: "struct", struct: CONFIG_STRUCT };
  let field: Field | undefined;
  for (const step of path) {
    switch (type.kind) {
      case "struct":
        field = fieldsByKey(type.struct).get(String(step));
        if (!field) return undefined;
        type = field.type;
        break;
      case "list":
        type = type.item;
        break;
      case "map":
        type = type.value;
        break;
      case "any":
        break;
      default:
        return undefined;
    }
  }
  return field;
}
