import { z } from "zod";
import type { FieldType, StructDefinition } from "../fields";
import { DEFAULT_PROFILE_ID, profileFor } from "../profiles/profiles";
import { validateConfig } from "../validation/validate-config";
import { CONFIG_STRUCT } from "./structs";
import type { Config, Json } from "./types";

const json: z.ZodType<Json> = z.json();
const shapes = new WeakMap<StructDefinition, z.ZodType>();

function schemaOf(type: FieldType): z.ZodType {
  switch (type.kind) {
    case "bool":
      return z.boolean().nullable();
    case "int":
    case "uint":
    case "float":
      return z.number().nullable();
    case "goDuration":
      return z.union([z.string(), z.number()]).nullable();
    case "any":
      return json;
    case "list":
      return z.array(schemaOf(type.item)).nullable();
    case "map":
      return z.record(z.string(), schemaOf(type.value)).nullable();
    case "struct": {
      const struct = z.lazy(() => structSchema(type.struct));
      return type.struct.shorthand ? z.union([z.string(), struct]).nullable() : struct.nullable();
    }
    default:
      return z.string().nullable();
  }
}

function structSchema(struct: StructDefinition): z.ZodType {
  let schema = shapes.get(struct);
  if (!schema) {
    const shape = Object.fromEntries(struct.fields.map(({ key, type }) => [key, schemaOf(type).optional()]));
    const ours = struct.name === "Route" || struct.name === "Receiver" || "label" in struct;
    schema = z.strictObject(ours ? { id: z.string(), ...shape } : shape);
    shapes.set(struct, schema);
  }
  return schema;
}

/** A whole configuration that the newest profile accepts: upstream's shape and no finding of severity `error`. */
export const configSchema = (structSchema(CONFIG_STRUCT) as z.ZodType<Config>).superRefine((config, refinement) => {
  for (const { severity, path, message } of validateConfig(config, profileFor(DEFAULT_PROFILE_ID))) {
    if (severity === "error") refinement.addIssue({ code: "custom", path: [...path], message });
  }
});
