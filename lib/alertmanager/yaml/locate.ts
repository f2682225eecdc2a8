import type { Path } from "../config/types";
import type { SourceRange } from "../validation/diagnostic";
import { isMerge, keyOf, type MapNode, resolved, type SourceNode, type SourcePair } from "./nodes";
import type { Source } from "./source";

/** Where `path` stands in the text, following aliases and merges; `key` is the key alone, else the value. */
export function rangeInSource(source: Source, path: Path, part?: "key" | "value"): SourceRange | undefined {
  const place = placeInSource(source, path, part);
  return place && source.range(place.start, place.end);
}

/** As `rangeInSource`, in offsets. */
export function placeInSource(
  source: Source,
  path: Path,
  part: "key" | "value" = "value",
): { start: number; end: number } | undefined {
  const found = locate(source, path);
  if (!found) return undefined;
  const { key, value } = found;
  const node = part === "key" ? (key ?? value) : value;
  // An empty value has no place of its own: show its key.
  return node.start === node.end && key ? key : node;
}

function locate(source: Source, path: Path): { key: SourceNode | null; value: SourceNode } | undefined {
  let value = source.root;
  let key: SourceNode | null = null;
  if (!value) return undefined;
  for (const step of path) {
    const node = resolved(value);
    if (node.kind === "seq" && typeof step === "number") {
      const item = node.items[step];
      if (!item) return undefined;
      key = null;
      value = item;
    } else {
      const pair = node.kind === "map" && findPair(node, String(step));
      if (!pair) return undefined;
      key = pair.key;
      value = pair.value;
    }
  }
  return { key, value };
}

/** Merges that bring in what they stand in, or each other again and again, have no end. */
const MOST = 10_000;

/** The pair that holds: the last one that sets the key, be it written here or merged in by `<<`. */
function findPair(node: MapNode, key: string, budget = { left: MOST }): SourcePair | undefined {
  if (node.pairs.length > FEW) {
    const { own, merging } = keysOf(node);
    if (!merging) return own.get(key);
  }
  for (let index = node.pairs.length - 1; index >= 0; index--) {
    const pair = node.pairs[index] as SourcePair;
    if (!isMerge(pair)) {
      if (keyOf(pair) === key) return node.pairs.find((other) => !isMerge(other) && keyOf(other) === key);
      continue;
    }
    for (const item of pair.value.kind === "seq" ? pair.value.items : [pair.value]) {
      const map = resolved(item);
      const found = map.kind === "map" && --budget.left > 0 ? findPair(map, key, budget) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** In a mapping of so many pairs keys are looked for one by one. */
const FEW = 32;

interface Keys {
  own: ReadonlyMap<string, SourcePair>;
  merging: boolean;
}
const remembered = new WeakMap<MapNode, Keys>();

/** Of a key that is set twice the first one is read. */
function keysOf(node: MapNode): Keys {
  let keys = remembered.get(node);
  if (!keys) {
    const own = new Map<string, SourcePair>();
    for (const pair of node.pairs) {
      const key = keyOf(pair);
      if (key !== null && !own.has(key)) own.set(key, pair);
    }
    keys = { own, merging: node.pairs.some(isMerge) };
    remembered.set(node, keys);
  }
  return keys;
}
