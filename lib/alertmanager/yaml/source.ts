import type { SourceRange } from "../validation/diagnostic";
import { YamlProblem } from "./cursor";
import { Lines } from "./lines";
import type { AliasNode, SourceNode } from "./nodes";
import { DocumentParser } from "./parser";
import { isMet, type ReadText, readBytes, refusedCharacter } from "./reader";
import { Scanner } from "./scanner";
import { T } from "./token-queue";

/** More than any configuration that people write; a hostile upload must not hold the server. */
const MAX_LENGTH = 8 * 1024 * 1024;

export interface SourceProblem {
  reason: string;
  offset: number;
  end: number;
  /** The line that yaml.v2 names, 0 when it names none (often it is not the line of `offset`), -1 when the limit is ours. */
  line: number;
}

/** A text, parsed once: the first YAML document with the place of each node. */
export interface Source {
  text: string;
  root: SourceNode | null;
  /** Why the text is no YAML; `root` is `null` then. */
  problem: SourceProblem | null;
  extraDocument: { offset: number; end: number } | null;
  aliases: readonly AliasNode[];
  range(start: number, end: number): SourceRange;
  /** Counted from 1. */
  line(offset: number): number;
}

const recent = new Map<string, Source>();
const REMEMBERED = 4;

/**
 * The first document of a text, as yaml.v2 parses it. A text in bytes is checked for its encoding too.
 * One text is asked for again and again while its configuration is edited: the last few are remembered.
 */
export function readSource(input: string | Uint8Array): Source {
  const { text, problem } = typeof input === "string" ? { text: input, problem: null } : readBytes(input);
  if (problem) return parseSource(text, problem);
  let source = recent.get(text);
  if (source) recent.delete(text);
  else source = parseSource(text);
  recent.set(text, source);
  if (recent.size > REMEMBERED) recent.delete(recent.keys().next().value as string);
  return source;
}

/**
 * Forgets the texts that `readSource` remembers. For whoever had one with secrets in it, once it is done with: a memory of the
 * process shows nothing of them then.
 */
export function forgetSources(): void {
  recent.clear();
}

/** As `readSource`, but nothing is remembered. `broken` is where the encoding of the text was. */
export function parseSource(text: string, broken: ReadText["problem"] = null): Source {
  const lines = new Lines(text);
  const source: Source = {
    text,
    root: null,
    problem: null,
    extraDocument: null,
    aliases: [],
    range: (start, end) => lines.range(start, end),
    line: (offset) => lines.position(offset).line,
  };
  if (text.length > MAX_LENGTH) {
    source.problem = { reason: `the text is longer than ${MAX_LENGTH} characters`, offset: 0, end: 0, line: -1 };
    return source;
  }
  const refused = refusedCharacter(text);
  const unreadable = broken && (!refused || broken.offset <= refused.offset) ? broken : refused;
  const scanner = new Scanner(`${text}\0\0\0\0`);
  const parser = new DocumentParser(scanner);
  let problem: SourceProblem | null = null;
  try {
    parser.parse();
    source.root = parser.tree.root;
    source.aliases = parser.tree.aliases;
    source.extraDocument = extraDocument(scanner, text);
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error;
    const { reason, line } = error;
    const offset = Math.min(error.offset, text.length);
    problem = { reason, offset, end: Math.min(offset + 1, text.length), line };
  }
  if (unreadable && isMet(text, unreadable.offset, Math.max(scanner.seen, scanner.pos + 1))) {
    problem = { ...unreadable, end: Math.min(unreadable.offset + 1, text.length), line: 0 };
  }
  if (problem) Object.assign(source, { problem, root: null, aliases: [], extraDocument: null });
  return source;
}

/** What stands behind the first document, which nobody reads; blank lines and comments are nothing. */
function extraDocument(scanner: Scanner, text: string): Source["extraDocument"] {
  if (scanner.peek() === T.streamEnd) return null;
  const offset = scanner.start();
  const marker = scanner.peek() === T.documentEnd || scanner.peek() === T.documentStart;
  const rest = text.slice(marker ? offset + 3 : offset);
  return /^(?!\s*(?:#|\.\.\.|---|$)).*\S/m.test(rest) ? { offset, end: text.length } : null;
}
