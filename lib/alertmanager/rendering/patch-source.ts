import type { JsonObject } from "../config/types";
import type { SourceNode } from "../yaml/nodes";
import { readSource, type Source } from "../yaml/source";
import { decodeOnce } from "./decode-once";
import { equalJson } from "./equal";
import { type PatchedText, patchItem, wholeText } from "./fragment";
import { Patcher } from "./patcher";
import { applyEdits, type TextEdit } from "./text-edits";

/** The text with only the places rewritten that `wanted` changes, or `null` when that cannot be done safely. */
export function patchSource(text: string, wanted: JsonObject): PatchedText | null {
  const source = readSource(text);
  const before = decodeOnce(source);
  const root = source.root;
  if (!before || root?.kind !== "map") return null;
  if (equalJson(before, wanted)) return wholeText(source);
  const first = new Patcher(source, new Set());
  if (!first.map(root, before, wanted)) return null;
  const edits = finish(source, first);
  const patched = patchItem(source, edits, before, wanted) ?? patchWhole(source, edits, wanted);
  if (patched) return patched;
  // What an anchor holds was changed for one of its users only: write the others out.
  const touched = new Set<SourceNode>();
  for (const alias of source.aliases) {
    const { start, end } = alias.target;
    if (first.edits.some((edit) => edit.start >= start && edit.end <= end + 1)) touched.add(alias);
  }
  if (touched.size === 0) return null;
  const second = new Patcher(source, touched);
  return second.map(root, before, wanted) ? patchWhole(source, finish(source, second), wanted) : null;
}

/** What is written anew has the line breaks of the text. */
function finish(source: Source, { edits }: Patcher): TextEdit[] {
  const crlf = source.text.includes("\r\n");
  return crlf ? edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r?\n/g, "\r\n") })) : edits;
}

function patchWhole(source: Source, edits: readonly TextEdit[], wanted: JsonObject): PatchedText | null {
  const patched = readSource(applyEdits(source.text, edits));
  const object = decodeOnce(patched);
  return object !== null && equalJson(object, wanted) ? wholeText(patched) : null;
}
