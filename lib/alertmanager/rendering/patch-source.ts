import type { JsonObject } from "../config/types";
import type { SourceNode } from "../yaml/nodes";
import { readSource, type Source } from "../yaml/source";
import { decodeOnce } from "./decode-once";
import { equalJson } from "./equal";
import { Patcher } from "./patcher";
import { applyEdits } from "./text-edits";

/** The text with only the places rewritten that `wanted` changes, or `null` when that cannot be done safely. */
export function patchSource(text: string, wanted: JsonObject): string | null {
  const source = readSource(text);
  const before = decodeOnce(source);
  const root = source.root;
  if (!before || root?.kind !== "map") return null;
  if (equalJson(before, wanted)) return text;
  const first = new Patcher(source, new Set());
  if (!first.map(root, before, wanted)) return null;
  const patched = finish(source, first);
  if (decodesTo(patched, wanted)) return patched;
  // What an anchor holds was changed for one of its users only: write the others out.
  const touched = new Set<SourceNode>();
  for (const alias of source.aliases) {
    const { start, end } = alias.target;
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
