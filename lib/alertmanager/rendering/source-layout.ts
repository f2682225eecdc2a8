import { type Style, USUAL_STYLE } from "../yaml/print";
import { isMap, isScalar, isSeq, type Source, type SourceNode, type SourcePair, type YAMLSeq } from "../yaml/source";
import { lineStart } from "./text-edits";

/** After the last character that belongs to the node; comments and blank lines behind it do not. */
export function contentEnd(source: Source, node: SourceNode | null, fallback: number): number {
  if (!node?.range) return fallback;
  const [start, end] = node.range;
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last: unknown = node.items.at(-1);
    if (last === undefined || last === null) return end;
    return isMap(node) ? pairEnd(source, last as SourcePair) : contentEnd(source, last as SourceNode, start);
  }
  // A block scalar ends after its line break.
  if (isScalar(node) && isBlockScalar(node) && source.text[end - 1] === "\n") {
    return source.text[end - 2] === "\r" ? end - 2 : end - 1;
  }
  return end;
}

export function isBlockScalar(node: SourceNode): boolean {
  return isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
}

export function isBlockCollection(node: SourceNode | null): boolean {
  return !!node && (isMap(node) || isSeq(node)) && !node.flow;
}

/** After the colon of the pair. */
export function colonEnd(source: Source, pair: SourcePair): number {
  const end = pair.key.range?.[1] ?? 0;
  return source.text.indexOf(":", end) + 1;
}

export function pairEnd(source: Source, pair: SourcePair): number {
  return Math.max(contentEnd(source, pair.value, 0), colonEnd(source, pair));
}

export function columnOf(source: Source, offset: number): number {
  return offset - lineStart(source.text, offset);
}

/** Where the dashes of a block sequence stand, or `null` when that cannot be told. */
export function dashesOf(seq: YAMLSeq): number[] | null {
  const token = seq.srcToken;
  if (token?.type !== "block-seq") return null;
  const dashes: number[] = [];
  for (const item of token.items) {
    const dash = item.start.find(({ type }) => type === "seq-item-ind");
    if (dash) dashes.push(dash.offset);
  }
  return dashes.length === seq.items.length ? dashes : null;
}

/** How this text sets its lists in, seen at the first list of the file. */
export function styleOf(source: Source): Style {
  const found = source.root && firstList(source, source.root);
  return found === null || found === undefined ? USUAL_STYLE : { ...USUAL_STYLE, listIndent: found };
}

function firstList(source: Source, node: SourceNode): number | null {
  if (!isMap(node) || node.flow) return null;
  for (const pair of node.items as SourcePair[]) {
    const { value } = pair;
    if (value && isSeq(value) && !value.flow) {
      const dash = dashesOf(value)?.[0];
      if (dash !== undefined && pair.key.range) {
        const indent = columnOf(source, dash) - columnOf(source, pair.key.range[0]);
        if (indent >= 0 && indent <= 8) return indent;
      }
    }
    const inner = value && firstList(source, value);
    if (inner !== null && inner !== undefined) return inner;
  }
  return null;
}
