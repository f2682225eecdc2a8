import { type Bytes, fromBytes } from "../go/bytes";
import type { SourceRange } from "../validation/diagnostic";
import { printNode, type TemplateTreeNode } from "./nodes";

type Position = SourceRange["start"];

/** A byte offset as line, column and offset in UTF-16 units. */
function positionAt(source: Bytes, at: number): Position {
  const before = fromBytes(source.slice(0, at));
  const line = before.split("\n").length;
  return { line, column: before.length - before.lastIndexOf("\n"), offset: before.length };
}

export function rangeBetween(source: Bytes, from: number, to: number): SourceRange {
  return { start: positionAt(source, from), end: positionAt(source, Math.max(to, from + 1)) };
}

/** The text of a node around the place where Go reports it: a field in the middle stands for its whole path. */
export function rangeOfNode(source: Bytes, node: TemplateTreeNode): SourceRange {
  const text = printNode(node);
  const first = source.lastIndexOf(text, node.at);
  if (first >= 0 && first + text.length > node.at) return rangeBetween(source, first, first + text.length);
  return rangeOfToken(source, node.at);
}

/** The word at an offset, or its one character. */
export function rangeOfToken(source: Bytes, at: number): SourceRange {
  const start = Math.min(at, Math.max(source.length - 1, 0));
  const word = /^(?:"(?:\\.|[^"\\\n])*"|`[^`]*`|[.$]?[\w\x80-\xff]+(?:\.[\w\x80-\xff]+)*)/.exec(
    source.slice(start, start + 4096),
  );
  return rangeBetween(source, start, start + (word?.[0].length ?? 1));
}
