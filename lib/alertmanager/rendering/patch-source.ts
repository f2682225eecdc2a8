import { CONFIG_STRUCT } from "../config/structs";
import type { JsonObject } from "../config/types";
import { decodeSource } from "../yaml/decode";
import { isMap, readSource, type Source, type SourceNode } from "../yaml/source";
import { equalJson } from "./equal";
import { Patcher } from "./patcher";
import { applyEdits } from "./text-edits";

const decoded = new WeakMap<Source, JsonObject | null>();

function decodeOnce(source: Source): JsonObject | null {
  let object = decoded.get(source);
  if (object === undefined) {
    object = source.problem ? null : decodeSource(source, CONFIG_STRUCT).object;
    decoded.set(source, object);
  }
  return object;
}

/** The text with only the places rewritten that `wanted` changes, or `null` when that cannot be done safely. */
export function patchSource(text: string, wanted: JsonObject): string | null {
  const source = readSource(text);
  const before = decodeOnce(source);
  const root = source.root;
  if (!before || !root || !isMap(root)) return null;
  if (equalJson(before, wanted)) return text;
  const first = new Patcher(source, new Set());
  if (!first.map(root, before, wanted)) return null;
  const patched = finish(source, first);
  if (decodesTo(patched, wanted)) return patched;
  // What an anchor holds was changed for one of its users only: write the others out.
  const touched = new Set<SourceNode>();
  for (const [alias, target] of source.aliases) {
    const [start, end] = target.range ?? [0, 0];
    if (first.edits.some((edit) => edit.start >= start && edit.end <= end + 1)) touched.add(alias);
  }
  if (touched.size === 0) return null;
  const second = new Patcher(source, touched);
  if (!second.map(root, before, wanted)) return null;
  const expanded = finish(source, second);
  return decodesTo(expanded, wanted) ? expanded : null;
}

function finish(source: Source, { edits }: Patcher): string {
  const crlf = source.text.includes("\r\n");
  return applyEdits(
    source.text,
    crlf ? edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r?\n/g, "\r\n") })) : edits,
  );
}

function decodesTo(text: string, wanted: JsonObject): boolean {
  const source = readSource(text);
  const object = decodeOnce(source);
  return object !== null && equalJson(object, wanted);
}
