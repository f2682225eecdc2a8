import type { Json } from "../config/types";
import type { SeqNode, SourceNode } from "../yaml/nodes";
import { isCollection, printFlow, printItem } from "../yaml/print";
import { alignLists } from "./align";
import { replaceScalar } from "./patch-scalar";
import type { Patcher } from "./patcher";
import { columnOf, contentEnd, isWritten } from "./source-layout";
import { applyEdits, isFirstOnLine, lineEnd, lineStart, previousLineEnd } from "./text-edits";

/** Edits of a list: items are followed by what they are, so that a moved one takes its comments along. */
export function patchItems(
  patcher: Patcher,
  node: SourceNode,
  before: readonly Json[],
  after: readonly Json[],
): boolean {
  if (node.kind !== "seq" || after.length === 0 || node.items.length !== before.length) return false;
  if (node.flow) return patchFlow(patcher, node, before, after);
  const { source } = patcher;
  const { items, dashes } = node;
  if (
    dashes.length === 0 ||
    dashes.length !== items.length ||
    !dashes.every((dash) => isFirstOnLine(source.text, dash))
  )
    return false;
  const list: List = { patcher, items, dashes, column: columnOf(source, dashes[0]!), before, after };
  const match = alignLists(before, after);
  const kept = match.filter((from) => from !== -1);
  const inOrder = kept.every((from, index) => index === 0 || from > kept[index - 1]!);
  return inOrder ? editInPlace(list, match) : rebuild(list, match);
}

interface List {
  patcher: Patcher;
  items: readonly SourceNode[];
  dashes: readonly number[];
  column: number;
  before: readonly Json[];
  after: readonly Json[];
}

function editInPlace(list: List, match: readonly number[]): boolean {
  const { patcher, dashes, before, after, column } = list;
  const { text } = patcher.source;
  const kept = new Set(match);
  let anchor = previousLineEnd(text, dashes[0]!);
  for (let to = 0; to < after.length; to++) {
    const from = match[to]!;
    if (from === -1) {
      patcher.edits.push({ start: anchor, end: anchor, text: `\n${printItem(after[to]!, column, patcher.style)}` });
    } else {
      if (!patchItem(list, patcher, from, after[to]!)) return false;
      anchor = endOf(list, from);
    }
  }
  for (let from = 0; from < before.length; from++) {
    if (kept.has(from)) continue;
    patcher.edits.push({ start: previousLineEnd(text, dashes[from]!), end: endOf(list, from), text: "" });
  }
  return true;
}

/** The whole list anew, each item with the lines that were its own. */
function rebuild(list: List, match: readonly number[]): boolean {
  const { patcher, dashes, after, column } = list;
  const { text } = patcher.source;
  const starts = dashes.map((_, index) => chunkStart(list, index));
  const end = endOf(list, dashes.length - 1);
  const chunks: string[] = [];
  for (let to = 0; to < after.length; to++) {
    const from = match[to]!;
    if (from === -1) {
      chunks.push(printItem(after[to]!, column, patcher.style));
      continue;
    }
    const part = patcher.part();
    if (!patchItem(list, part, from, after[to]!)) return false;
    const chunkEnd = from + 1 < starts.length ? starts[from + 1]! : end;
    chunks.push(applyEdits(text, part.edits, starts[from], chunkEnd).replace(/\r?\n$/, ""));
  }
  patcher.edits.push({ start: starts[0]!, end, text: chunks.join("\n") });
  return true;
}

/** The comment lines right above an item are about it. */
function chunkStart({ patcher, dashes, items }: List, index: number): number {
  const { source } = patcher;
  const floor = index === 0 ? 0 : lineEnd(source.text, contentEnd(items[index - 1]!, dashes[index - 1]! + 1)) + 1;
  let start = lineStart(source.text, dashes[index]!);
  while (start > floor && /^[ \t]*#/.test(source.text.slice(lineStart(source.text, start - 1), start))) {
    start = lineStart(source.text, start - 1);
  }
  return start;
}

function endOf({ patcher, items, dashes }: List, index: number): number {
  const { source } = patcher;
  return lineEnd(source.text, contentEnd(items[index]!, dashes[index]! + 1));
}

function patchItem(list: List, patcher: Patcher, from: number, after: Json): boolean {
  const { items, dashes, before, column } = list;
  const node = items[from]!;
  const was = before[from] as Json;
  if (patcher.untouched(node, was, after) || patcher.inside(node, was, after)) return true;
  const start = dashes[from]! + 1;
  if (isWritten(node) && !isCollection(after) && node.kind !== "map" && node.kind !== "seq") {
    patcher.edits.push(replaceScalar(patcher.source, node, after, column, patcher.style, false));
    return true;
  }
  const end = contentEnd(node, start);
  const printed = printItem(after, column, patcher.style).slice(column + 1);
  patcher.edits.push({ start, end, text: printed });
  return true;
}

function patchFlow(patcher: Patcher, node: SeqNode, before: readonly Json[], after: readonly Json[]): boolean {
  const { items } = node;
  const kept = patcher.edits.length;
  const last = items.at(-1);
  const shared = items.every(
    (item, index) => after[index] !== undefined && patcher.flowValue(item, before[index], after[index]!),
  );
  if (shared && last && after.length >= before.length) {
    const more = after.slice(before.length).map((item) => `, ${printFlow(item)}`);
    const { end } = last;
    if (more.length > 0) patcher.edits.push({ start: end, end, text: more.join("") });
    return true;
  }
  patcher.edits.length = kept;
  return patcher.replaceFlow(node, after as Json[]);
}
