import type { JsonObject } from "./types";

/** Whether a value is a mapping with keys: no list, no null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
