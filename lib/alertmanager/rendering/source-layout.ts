import type { SourceNode, SourcePair } from "../yaml/nodes";
import { type Style, USUAL_STYLE } from "../yaml/print";
import type { Source } from "../yaml/source";
import { lineStart } from "./text-edits";

/** After the last character that belongs to the node; comments and blank lines behind it do not. */
export function contentEnd(node: SourceNode | null, fallback: number): number {
  return node && isWritten(node) ? Math.max(node.end, fallback) : fallback;
}

/** False for the value that is not there. */
export function isWritten(node: SourceNode): boolean {
  return node.start < node.end || node.properties !== null;
}

export function isBlockScalar(node: SourceNode): boolean {
  return node.kind === "scalar" && (node.style === "literal" || node.style === "folded");
}

export function isBlockCollection(node: SourceNode | null): boolean {
  return !!node && (node.kind === "map" || node.kind === "seq") && !node.flow;
}

/** After the colon of the pair. */
export function colonEnd(pair: SourcePair): number {
  return (pair.colon < 0 ? pair.key.end - 1 : pair.colon) + 1;
}

export function pairEnd(pair: SourcePair): number {
  return contentEnd(pair.value, colonEnd(pair));
}

/** Where the pair begins, with what stands before its key. */
export function pairStart({ key }: SourcePair): number {
  return key.properties?.start ?? key.start;
}

export function columnOf(source: Source, offset: number): number {
  return offset - lineStart(source.text, offset);
}

/** How this text sets its lists in, seen at the first list of the file. */
export function styleOf(source: Source): Style {
  const found = source.root && firstList(source, source.root);
  return found === null ? USUAL_STYLE : { ...USUAL_STYLE, listIndent: found };
}

function firstList(source: Source, node: SourceNode, depth = 0): number | null {
  if (node.kind !== "map" || node.flow || depth > 20) return null;
  for (const { key, value } of node.pairs) {
    const [dash] = value.kind === "seq" ? value.dashes : [];
    if (dash !== undefined) {
      const indent = columnOf(source, dash) - columnOf(source, key.start);
      if (indent >= 0 && indent <= 8) return indent;
    }
    const inner = firstList(source, value, depth + 1);
    if (inner !== null) return inner;
  }
  return null;
}
