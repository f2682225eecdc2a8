import { isObject } from "../config/is-object";
import { CONFIG_STRUCT } from "../config/structs";
import type { Json, JsonObject, Path } from "../config/types";
import type { FieldType } from "../fields";
import type { SourceRange } from "../validation/diagnostic";
import { decodeAt } from "../yaml/decode";
import { Lines } from "../yaml/lines";
import { placeInSource, rangeInSource } from "../yaml/locate";
import { isMerge, keyOf, type SeqNode, type SourceNode } from "../yaml/nodes";
import { parseSource, type Source } from "../yaml/source";
import { fieldsOf, type KnownField } from "../yaml/struct-fields";
import { equalJson } from "./equal";
import { contentEnd, pairEnd, pairStart } from "./source-layout";
import { applyEdits, isFirstOnLine, lineEnd, lineStart, type TextEdit } from "./text-edits";

/** A text after it was patched, and where its parts stand. */
export interface PatchedText {
  yaml: string;
  rangeOf(path: Path, part?: "key" | "value"): SourceRange | undefined;
}

/** One item of a list of lines that holds all edits: it can be read by itself. */
interface Item {
  path: Path;
  type: FieldType;
  from: number;
  to: number;
  wanted: Json;
}

/**
 * Applies edits that all lie in one item (of receivers, of routes …) and checks that this item now decodes to what is
 * wanted, without reading the rest again. `null` when there is no such item, or the check fails.
 */
export function patchItem(
  source: Source,
  edits: readonly TextEdit[],
  before: JsonObject,
  wanted: JsonObject,
): PatchedText | null {
  // What an alias stands for may lie elsewhere.
  if (source.aliases.length > 0 || edits.length === 0) return null;
  const item = itemAround(source, edits, before, wanted);
  if (!item) return null;
  const { path, from, to } = item;
  const body = applyEdits(source.text, edits, from, to);
  const fragment = parseSource(`${body}\n`);
  const alone = fragment.root?.kind === "seq" && fragment.root.items.length === 1 && !fragment.extraDocument;
  if (!alone) return null;
  const decoded = decodeAt(fragment, { kind: "list", item: item.type }, path.slice(0, -1));
  if (!Array.isArray(decoded) || !equalJson(decoded[0], item.wanted)) return null;
  const yaml = source.text.slice(0, from) + body + source.text.slice(to);
  return { yaml, rangeOf: placesAfter(source, fragment, item, yaml) };
}

/** Places in the patched text, from those before it was patched and those in the item. */
function placesAfter(source: Source, fragment: Source, { path, from, to }: Item, yaml: string): PatchedText["rangeOf"] {
  const lines = new Lines(yaml);
  const grown = yaml.length - source.text.length;
  const moved = (offset: number) => (offset < to ? Math.min(offset, to + grown) : offset + grown);
  return (asked, part) => {
    const inside = path.every((step, index) => asked[index] === step);
    const place = inside
      ? placeInSource(fragment, [0, ...asked.slice(path.length)], part)
      : placeInSource(source, asked, part);
    if (!place) return undefined;
    return inside
      ? lines.range(place.start + from, place.end + from)
      : lines.range(moved(place.start), moved(place.end));
  };
}

export function wholeText(source: Source): PatchedText {
  return { yaml: source.text, rangeOf: (path, part) => rangeInSource(source, path, part) };
}

/** The innermost item that holds all edits, with nothing changed around it. */
function itemAround(source: Source, edits: readonly TextEdit[], before: JsonObject, wanted: JsonObject): Item | null {
  const first = Math.min(...edits.map(({ start }) => start));
  const last = Math.max(...edits.map(({ end }) => end));
  const { text } = source;
  const path: (string | number)[] = [];
  let node = source.root as SourceNode;
  let type: FieldType = { kind: "struct", struct: CONFIG_STRUCT };
  let [was, now]: [Json, Json] = [before, wanted];
  let found: Item | null = null;
  for (;;) {
    if (node.kind === "map" && !node.flow && type.kind === "struct" && isObject(was) && isObject(now)) {
      const pair = node.pairs.find((each) => pairStart(each) <= first && last <= lineEnd(text, pairEnd(each)));
      const key = pair && !isMerge(pair) ? keyOf(pair) : null;
      const field: KnownField | undefined = key === null ? undefined : fieldsOf(type.struct, undefined).get(key);
      if (!pair || key === null || !field || !sameBut(was, now, key)) return found;
      path.push(key);
      node = pair.value;
      type = field.type;
      [was, now] = [was[key] ?? null, now[key] ?? null];
    } else if (node.kind === "seq" && !node.flow && type.kind === "list" && Array.isArray(was) && Array.isArray(now)) {
      const index = itemAt(node, text, first, last);
      if (index < 0 || !sameButItem(was, now, index)) return found;
      const dash = node.dashes[index] as number;
      const item = node.items[index] as SourceNode;
      path.push(index);
      type = type.item;
      [was, now] = [was[index] ?? null, now[index] ?? null];
      if (isFirstOnLine(text, dash)) {
        const to = lineEnd(text, contentEnd(item, dash + 1));
        found = { path: [...path], type, from: lineStart(text, dash), to, wanted: now };
      }
      node = item;
    } else {
      return found;
    }
  }
}

function itemAt({ items, dashes }: SeqNode, text: string, first: number, last: number): number {
  const index = dashes.findLastIndex((dash) => lineStart(text, dash) <= first);
  const item = items[index];
  return item && last <= lineEnd(text, contentEnd(item, (dashes[index] as number) + 1)) ? index : -1;
}

function sameBut(before: JsonObject, after: JsonObject, key: string): boolean {
  const { [key]: _, ...was } = before;
  const { [key]: __, ...now } = after;
  return equalJson(was, now);
}

function sameButItem(before: readonly Json[], after: readonly Json[], index: number): boolean {
  return before.length === after.length && before.every((item, at) => at === index || equalJson(item, after[at]));
}
