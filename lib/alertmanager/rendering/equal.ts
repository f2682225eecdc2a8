import type { Json } from "../config/types";

/** Same JSON; the order of keys does not matter, a key that is undefined is absent. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => equalJson(item, b[index]));
  }
  let count = 0;
  for (const key in a) {
    if (a[key] === undefined) continue;
    count++;
    if (!equalJson(a[key], Object.hasOwn(b, key) ? b[key] : undefined)) return false;
  }
  for (const key in b) if (b[key] !== undefined) count--;
  return count === 0;
}
