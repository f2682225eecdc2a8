import { CONFIG_STRUCT } from "../config/structs";
import type { JsonObject } from "../config/types";
import { decodeSource, Undecodable } from "../yaml/decode";
import type { Source } from "../yaml/source";

const decoded = new WeakMap<Source, JsonObject | null>();

/** What a text decodes to, without ids; `null` when it cannot be read. */
export function decodeOnce(source: Source): JsonObject | null {
  let object = decoded.get(source);
  if (object === undefined) {
    object = decode(source);
    decoded.set(source, object);
  }
  return object;
}

function decode(source: Source): JsonObject | null {
  try {
    return decodeSource(source, CONFIG_STRUCT).object;
  } catch (error) {
    if (error instanceof Undecodable) return null;
    throw error;
  }
}
