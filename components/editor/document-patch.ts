import type { Json, JsonObject, Path } from "@/lib/alertmanager";

/** One difference: a value set, a key taken away, or a run of list entries replaced. */
export type Patch =
  | { path: Path; value: Json }
  | { path: Path; value?: undefined }
  | { path: Path; at: number; remove: number; insert: Json[] };

/** What two documents are made of; `undefined` is "not there". */
type Node = Json | undefined;

function isObject(value: Node): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `__proto__` is a key like any other in YAML. */
function own(object: JsonObject, key: string): Node {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * The differences that turn `before` into `after`. Edits share what they do not touch, so parts that are the same object
 * are passed over without a look: the cost is that of the edit and not that of the document.
 */
export function patchesBetween<T>(before: T, after: T): Patch[] {
  const patches: Patch[] = [];
  compare(before as Node, after as Node, [], patches);
  return patches;
}

/** `at` is one list for the whole walk, copied where something differs: most of what is looked at says the same. */
function compare(before: Node, after: Node, at: (string | number)[], patches: Patch[]): void {
  if (before === after) return;
  if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, at, patches);
  else if (isObject(before) && isObject(after)) {
    for (const key of Object.keys(after)) {
      at.push(key);
      compare(own(before, key), after[key], at, patches);
      at.pop();
    }
    for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) patches.push({ path: [...at, key] });
  } else patches.push(after === undefined ? { path: [...at] } : { path: [...at], value: after });
}

function compareLists(before: Json[], after: Json[], at: (string | number)[], patches: Patch[]): void {
  if (before.length === after.length) {
    for (let index = 0; index < after.length; index++) {
      at.push(index);
      compare(before[index], after[index], at, patches);
      at.pop();
    }
    return;
  }
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const insert = after.slice(start, after.length - end);
  patches.push({ path: [...at], at: start, remove: before.length - end - start, insert });
}

/** A copy with the differences made; what they do not touch is shared. */
export function applyPatches<T>(root: T, patches: readonly Patch[]): T {
  return patches.reduce<Node>((node, patch) => applyAt(node, patch.path, patch), root as Node) as T;
}

function applyAt(node: Node, [step, ...rest]: Path, patch: Patch): Node {
  if (step === undefined) {
    if (!("at" in patch)) return patch.value;
    return Array.isArray(node) ? node.toSpliced(patch.at, patch.remove, ...patch.insert) : patch.insert;
  }
  if (Array.isArray(node)) return node.with(Number(step), applyAt(node[Number(step)], rest, patch) ?? null);
  const key = String(step);
  const object = isObject(node) ? node : {};
  const next = applyAt(own(object, key), rest, patch);
  if (next !== undefined) return { ...object, [key]: next };
  const { [key]: _gone, ...others } = object;
  return others;
}

/** `answer` with everything that says the same as `known` being the same object as in `known`. */
export function sharing<T>(known: T, answer: T): T {
  return applyPatches(known, patchesBetween(known, answer));
}
