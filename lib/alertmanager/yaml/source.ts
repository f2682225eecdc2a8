import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type ParsedNode,
  Parser,
  type Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { SourceRange } from "../validation/diagnostic";

export type SourceNode = Node;
export type SourcePair = Pair<Node, Node | null>;
export type { Alias, Scalar, YAMLMap, YAMLSeq };
export { isAlias, isMap, isScalar, isSeq };

/** More than any configuration that people write; a hostile upload must not hold the server. */
const MAX_LENGTH = 8 * 1024 * 1024;
const MAX_DEPTH = 200;

/** A text, parsed once: the first YAML document with the place of each node. */
export interface Source {
  text: string;
  root: Node | null;
  /** Why the text is no YAML; the rest of the fields then hold what could be read. */
  problem: { reason: string; offset: number; end: number } | null;
  extraDocument: { offset: number; end: number } | null;
  /** Alias nodes and what they stand for. */
  aliases: ReadonlyMap<Node, Node>;
  range(start: number, end: number): SourceRange;
  line(offset: number): number;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a YAML reader refuses
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]/;

const recent = new Map<string, Source>();
const REMEMBERED = 4;

/** Parsing is the slow part, and one text is asked for again and again while its configuration is edited. */
export function readSource(text: string): Source {
  const known = recent.get(text);
  if (known) {
    recent.delete(text);
    recent.set(text, known);
    return known;
  }
  const source = compose(text);
  recent.set(text, source);
  if (recent.size > REMEMBERED) recent.delete(recent.keys().next().value as string);
  return source;
}

function compose(text: string): Source {
  const lines = new LineCounter();
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), offset };
  };
  const source: Source = {
    text,
    root: null,
    problem: null,
    extraDocument: null,
    aliases: new Map(),
    range: (start, end) => ({ start: position(start), end: position(Math.max(start, end)) }),
    line: (offset) => position(offset).line,
  };
  if (text.length > MAX_LENGTH) {
    source.problem = { reason: `the text is longer than ${MAX_LENGTH} characters`, offset: 0, end: 0 };
    return source;
  }
  const deep = /(?:[[{]\s*){1000}|(?:[-?] +){1000}/.exec(text);
  if (deep) {
    source.problem = { reason: "exceeded max depth of 10000", offset: deep.index, end: deep.index + 1 };
    return source;
  }
  const control = CONTROL.exec(text);
  if (control) {
    source.problem = {
      reason: "control characters are not allowed",
      offset: control.index,
      end: control.index + 1,
    };
    return source;
  }
  try {
    for (const document of documents(text, lines)) {
      if (source.root === null && source.problem === null && !source.extraDocument) readFirst(source, document);
      else source.extraDocument ??= { offset: document.range[0], end: document.range[1] };
      if (source.extraDocument || source.problem) break;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    source.problem = { reason: "exceeded max depth of 10000", offset: 0, end: 0 };
  }
  return source;
}

function* documents(text: string, lines: LineCounter): Generator<Document.Parsed<ParsedNode>> {
  const composer = new Composer({ version: "1.1", schema: "failsafe", uniqueKeys: false, keepSourceTokens: true });
  // A document that opens with `%YAML 1.2` would bring its own schema: the directive changes nothing for Alertmanager.
  let seen = false;
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    for (const document of composer.next(token)) {
      seen = true;
      yield document as Document.Parsed<ParsedNode>;
    }
  }
  for (const document of composer.end(!seen, text.length)) yield document as Document.Parsed<ParsedNode>;
}

function readFirst(source: Source, document: Document.Parsed<ParsedNode>): void {
  source.root = document.contents;
  const error = document.errors[0];
  if (error) {
    const [offset, end] = error.pos;
    source.problem = { reason: error.message, offset, end };
    return;
  }
  const anchors = new Map<string, Node>();
  const aliases = new Map<Node, Node>();
  visit(document, {
    Node: (_, node, path) => {
      if (path.length > MAX_DEPTH * 2) {
        source.problem = {
          reason: "exceeded max depth of 10000",
          offset: node.range?.[0] ?? 0,
          end: node.range?.[1] ?? 0,
        };
        return visit.BREAK;
      }
      if (!isAlias(node)) {
        if (node.anchor) anchors.set(node.anchor, node);
        return undefined;
      }
      const target = anchors.get(node.source);
      const [offset, end] = node.range ?? [0, 0];
      if (!target) source.problem = { reason: `unknown anchor '${node.source}' referenced`, offset, end };
      else if (path.includes(target))
        source.problem = { reason: `anchor '${node.source}' value contains itself`, offset, end };
      else aliases.set(node, target);
      return source.problem ? visit.BREAK : undefined;
    },
  });
  source.aliases = aliases;
}

/** The node itself, or what it is an alias of. */
export function resolved(source: Source, node: Node | null | undefined): Node | null {
  let current = node ?? null;
  while (current && isAlias(current)) current = source.aliases.get(current) ?? null;
  return current;
}

/** The text of a scalar key; other keys are no keys for Alertmanager. */
export function keyOf(pair: SourcePair): string | null {
  return isScalar(pair.key) ? String(pair.key.value ?? "") : null;
}

export function isMerge(pair: SourcePair): boolean {
  return isScalar(pair.key) && pair.key.value === "<<" && pair.key.type === "PLAIN";
}
