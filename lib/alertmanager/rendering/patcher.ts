import { isObject } from "../config/is-object";
import type { Json, JsonObject } from "../config/types";
import { isMerge, keyOf, type MapNode, type SourceNode, type SourcePair } from "../yaml/nodes";
import { isCollection, printFlow, printPairs, printValue, type Style } from "../yaml/print";
import type { Source } from "../yaml/source";
import { equalJson } from "./equal";
import { patchItems } from "./patch-items";
import { replaceScalar } from "./patch-scalar";
import {
  colonEnd,
  columnOf,
  contentEnd,
  isBlockCollection,
  isWritten,
  pairEnd,
  pairStart,
  styleOf,
} from "./source-layout";
import { isFirstOnLine, lineEnd, previousLineEnd, type TextEdit } from "./text-edits";

/** Collects the edits that turn one decoded value of a source into another. Methods answer false when they gave up. */
export class Patcher {
  edits: TextEdit[] = [];
  readonly style: Style;

  constructor(
    readonly source: Source,
    readonly expanded: ReadonlySet<SourceNode>,
  ) {
    this.style = styleOf(source);
  }

  /** Nothing changes below this node, neither its value nor an alias that has to be written out. */
  untouched(node: SourceNode, before: Json | undefined, after: Json | undefined): boolean {
    if (!equalJson(before, after)) return false;
    for (const alias of this.expanded) if (alias.start >= node.start && alias.end <= node.end) return false;
    return true;
  }

  /** Edits inside a collection of the same sort. */
  inside(node: SourceNode, before: Json, after: Json): boolean {
    const kept = this.edits.length;
    const done =
      node.kind === "map" && isObject(before) && isObject(after)
        ? this.map(node, before, after)
        : node.kind === "seq" && Array.isArray(before) && Array.isArray(after) && patchItems(this, node, before, after);
    if (!done) this.edits.length = kept;
    return done;
  }

  map(node: MapNode, before: JsonObject, after: JsonObject): boolean {
    if (Object.keys(after).length === 0) return false;
    if (node.flow) return this.flow(node, before, after);
    const { pairs } = node;
    const own = new Map<string, SourcePair>();
    for (const pair of pairs.filter((item) => !isMerge(item))) {
      const key = keyOf(pair);
      if (key === null || own.has(key)) return false;
      own.set(key, pair);
    }
    const gone = new Set<SourcePair>();
    const added: [string, Json][] = [];
    this.#merges(pairs.filter(isMerge), own, before, after, gone, added);
    for (const [key, pair] of own) {
      if (after[key] === undefined) gone.add(pair);
      else if (!this.#pair(pair, before[key] ?? null, after[key])) return false;
    }
    for (const [key, value] of Object.entries(after)) {
      const known = before[key] !== undefined && (own.has(key) || equalJson(before[key], value));
      if (value !== undefined && !known && !added.some(([name]) => name === key)) added.push([key, value]);
    }
    return this.#reshape(pairs, gone, added);
  }

  /** What `<<` brings can be overridden here, not taken away: then it is written out. */
  #merges(
    merges: SourcePair[],
    own: ReadonlyMap<string, SourcePair>,
    before: JsonObject,
    after: JsonObject,
    gone: Set<SourcePair>,
    added: [string, Json][],
  ): void {
    const brought = Object.keys(before).filter((key) => !own.has(key));
    const lost = brought.some((key) => after[key] === undefined);
    const written = merges.some(({ value }) => !this.untouched(value, null, null));
    if (!lost && !written) return;
    for (const merge of merges) gone.add(merge);
    for (const key of brought) if (after[key] !== undefined) added.push([key, after[key]]);
  }

  #pair(pair: SourcePair, before: Json, after: Json): boolean {
    const { value } = pair;
    if (this.untouched(value, before, after)) return true;
    if (pair.colon < 0) return false;
    const column = columnOf(this.source, pairStart(pair));
    if (this.inside(value, before, after)) return true;
    if (!isCollection(after) && !isBlockCollection(value)) {
      this.edits.push(replaceScalar(this.source, value, after, column, this.style, false));
      return true;
    }
    return this.#reprint(pair, after, column);
  }

  /** A whole new value behind the colon; the comment on the line of the key stays there. */
  #reprint(pair: SourcePair, after: Json, column: number): boolean {
    const { text } = this.source;
    const start = colonEnd(pair);
    const printed = printValue(after, column, this.style);
    if (isBlockCollection(pair.value)) {
      const headerEnd = lineEnd(text, start);
      const header = text
        .slice(start, headerEnd)
        .replace(/[&!][^\s#]+\s*/g, "")
        .trimEnd();
      const end = contentEnd(pair.value, start);
      this.edits.push({ start, end, text: printed.startsWith("\n") ? header + printed : printed + header });
      return true;
    }
    const end = pairEnd(pair);
    const tailEnd = lineEnd(text, end);
    const tail = text.slice(end, tailEnd).trimEnd();
    this.edits.push({ start, end: tailEnd, text: printed.startsWith("\n") ? tail + printed : printed + tail });
    return true;
  }

  /** Pairs that go, come, or take each other's place. */
  #reshape(pairs: readonly SourcePair[], gone: Set<SourcePair>, added: [string, Json][]): boolean {
    const { source, style } = this;
    const column = columnOf(source, pairs[0] ? pairStart(pairs[0]) : 0);
    for (const pair of pairs) {
      const next = gone.has(pair) ? added.shift() : undefined;
      if (!next) continue;
      gone.delete(pair);
      const text = printPairs({ [next[0]]: next[1] }, column, style).trimStart();
      this.edits.push({ start: pairStart(pair), end: pairEnd(pair), text });
    }
    const kept = pairs.filter((pair) => !gone.has(pair));
    if (kept.length === 0) return false;
    for (const pair of gone) this.#remove(pairs, pair, gone);
    for (const [key, value] of added) {
      const short = !isCollection(value) && kept.findLast((pair) => !isBlockCollection(pair.value));
      const anchor = lineEnd(source.text, pairEnd(short || kept[kept.length - 1]!));
      this.edits.push({ start: anchor, end: anchor, text: `\n${printPairs({ [key]: value }, column, style)}` });
    }
    return true;
  }

  #remove(pairs: readonly SourcePair[], pair: SourcePair, gone: ReadonlySet<SourcePair>): void {
    const { text } = this.source;
    const start = pairStart(pair);
    const end = lineEnd(text, pairEnd(pair));
    if (isFirstOnLine(text, start)) {
      const from = previousLineEnd(text, start);
      // The very first line has no line break before it to take along.
      this.edits.push(
        start === columnOf(this.source, start) ? { start: 0, end: end + 1, text: "" } : { start: from, end, text: "" },
      );
      return;
    }
    // Behind a dash: what follows moves up.
    let index = pairs.indexOf(pair) + 1;
    while (index < pairs.length && gone.has(pairs[index]!)) index++;
    const before = index > 0 ? pairs[index - 1]! : pair;
    const rest = lineEnd(text, pairEnd(before));
    const skipped = /^\s*/.exec(text.slice(rest))?.[0].length ?? 0;
    this.edits.push({ start, end: rest + skipped, text: "" });
  }

  flow(node: MapNode, before: JsonObject, after: JsonObject): boolean {
    const kept = this.edits.length;
    const { pairs } = node;
    const keys = Object.keys(after);
    const same = keys.length === pairs.length && pairs.every((pair) => after[keyOf(pair) ?? ""] !== undefined);
    if (same && pairs.every((pair) => this.flowValue(pair.value, before[keyOf(pair)!], after[keyOf(pair)!]!)))
      return true;
    this.edits.length = kept;
    return this.replaceFlow(node, after);
  }

  flowValue(node: SourceNode, before: Json | undefined, after: Json): boolean {
    if (this.untouched(node, before, after)) return true;
    if (!isWritten(node)) return false;
    if (node.kind === "map" && isObject(before) && isObject(after)) return this.flow(node, before, after);
    if (node.kind === "seq" && Array.isArray(before) && Array.isArray(after))
      return patchItems(this, node, before, after);
    if (isCollection(after) || node.kind === "map" || node.kind === "seq") return this.replaceFlow(node, after);
    this.edits.push(replaceScalar(this.source, node, after, 0, this.style, true));
    return true;
  }

  replaceFlow(node: SourceNode, after: Json): boolean {
    const { start, end } = node;
    this.edits.push({ start, end, text: printFlow(after) });
    return true;
  }

  /** A patcher for one part, whose edits are kept apart (a part that moves). */
  part(): Patcher {
    return new Patcher(this.source, this.expanded);
  }
}
