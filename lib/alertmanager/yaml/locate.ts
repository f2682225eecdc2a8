import type { Path } from "../config/types";
import type { SourceRange } from "../validation/diagnostic";
import { isMap, isMerge, isSeq, keyOf, resolved, type Source, type SourceNode, type SourcePair } from "./source";

/** Where `path` stands in the text, following aliases and merges; `key` is the key alone, else the value. */
export function rangeInSource(source: Source, path: Path, part: "key" | "value" = "value"): SourceRange | undefined {
  const found = locate(source, path);
  if (!found) return undefined;
  const node = part === "key" ? (found.key ?? found.value) : (found.value ?? found.key);
  if (!node?.range) return undefined;
  const [start, end] = trimmed(source, node);
  // An empty value has no place of its own: show its key.
  return start === end && found.key?.range
    ? source.range(found.key.range[0], found.key.range[1])
    : source.range(start, end);
}

function trimmed(source: Source, node: SourceNode): [number, number] {
  const [start, end] = node.range ?? [0, 0];
  const text = source.text.slice(start, end);
  return [start, start + text.trimEnd().length];
}

export function locate(source: Source, path: Path): { key: SourceNode | null; value: SourceNode | null } | undefined {
  let value: SourceNode | null = source.root;
  let key: SourceNode | null = null;
  for (const step of path) {
    const node = resolved(source, value);
    if (node && isSeq(node) && typeof step === "number") {
      if (step >= node.items.length) return undefined;
      key = null;
      value = node.items[step] as SourceNode | null;
    } else {
      const pair = node && findPair(source, node, String(step));
      if (!pair) return undefined;
      key = pair.key;
      value = pair.value;
    }
  }
  return { key, value };
}

/** The pair that holds: the one written here, else one merged in by `<<`. */
export function findPair(source: Source, node: SourceNode, key: string): SourcePair | undefined {
  if (!isMap(node)) return undefined;
  const pairs = node.items as SourcePair[];
  const own = pairs.find((pair) => !isMerge(pair) && keyOf(pair) === key);
  if (own) return own;
  for (const merge of pairs.filter(isMerge)) {
    const target = resolved(source, merge.value);
    for (const item of target && isSeq(target) ? (target.items as SourceNode[]) : [target]) {
      const map = resolved(source, item);
      const found = map && map !== node && findPair(source, map, key);
      if (found) return found;
    }
  }
  return undefined;
}
