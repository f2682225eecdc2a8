import { typeOf } from "../config/field-at";
import type { FieldType, StructDefinition } from "../fields";
import type { TargetProfile } from "../profiles";

export interface KnownField {
  type: FieldType;
  /** False when it came later than this target. */
  known: boolean;
}
type Fields = ReadonlyMap<string, KnownField>;

const ANYWHERE: object = {};
const remembered = new WeakMap<object, WeakMap<StructDefinition, Fields>>();

/** The keys of a struct, and whether the target knows them. */
export function fieldsOf(struct: StructDefinition, profile: TargetProfile | undefined): Fields {
  let ofProfile = remembered.get(profile ?? ANYWHERE);
  if (!ofProfile) {
    ofProfile = new WeakMap();
    remembered.set(profile ?? ANYWHERE, ofProfile);
  }
  const found = ofProfile.get(struct);
  if (found) return found;
  const fields = new Map(
    struct.fields.map((field) => {
      const type = profile ? typeOf(field, profile.reaches) : field.type;
      return [field.key, { type, known: !profile || profile.knows(struct, field.key) }];
    }),
  );
  ofProfile.set(struct, fields);
  return fields;
}
