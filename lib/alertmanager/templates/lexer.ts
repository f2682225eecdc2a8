import { type Bytes, decodeRune, encodeRune } from "../go/bytes";
import { isPrintable, quoteBytes } from "../go/quote-bytes";
import { NEWEST_GO } from "./go-release";

export type TokenKind =
  | "error"
  | "eof"
  | "text"
  | "open"
  | "close"
  | "space"
  | "bool"
  | "char"
  | "charConstant"
  | "complex"
  | "number"
  | "string"
  | "rawString"
  | "assign"
  | "declare"
  | "field"
  | "variable"
  | "identifier"
  | "leftParen"
  | "rightParen"
  | "pipe"
  | "dot"
  | "nil"
  | Keyword;

const KEYWORDS = ["block", "break", "continue", "define", "else", "end", "if", "range", "template", "with"] as const;
type Keyword = (typeof KEYWORDS)[number];
const WORDS = new Set<string>(KEYWORDS);

export interface Token {
  kind: TokenKind;
  /** Byte offset. */
  at: number;
  text: Bytes;
  line: number;
}

/** Whether Go shows the token as `<if>` in its messages. */
export function isKeyword({ kind }: Token): boolean {
  return WORDS.has(kind) || kind === "dot" || kind === "nil";
}

const LETTER = /^[\p{L}\p{Nd}_]$/u;

function isAlphanumeric(rune: number): boolean {
  return LETTER.test(String.fromCodePoint(rune));
}

class LexError extends Error {
  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message);
  }
}

/**
 * The tokens of a template one after the other, read as they are asked for; the last one, which then comes again and again,
 * is `eof` or `error` (with Go's message as text).
 */
export class Lexer {
  private readonly queue: Token[] = [];
  private last: Token | null = null;
  private inAction = false;
  private at = 0;
  private parens = 0;
  private line = 1;
  private counted = 0;

  constructor(
    private readonly input: Bytes,
    private readonly go: number = NEWEST_GO,
  ) {}

  next(): Token {
    while (this.queue.length === 0) {
      if (this.last) return this.last;
      try {
        this.step();
      } catch (error) {
        if (!(error instanceof LexError)) throw error;
        this.last = { kind: "error", at: error.at, text: error.message, line: this.lineAt(error.at) };
        this.queue.push(this.last);
      }
    }
    return this.queue.shift()!;
  }

  private step(): void {
    if (this.inAction) this.inAction = this.inside();
    else {
      const found = this.textUntilOpen();
      this.inAction = found === "action";
      if (found === "end") {
        const end = this.input.length;
        this.last = { kind: "eof", at: end, text: "", line: this.lineAt(end) };
      }
    }
  }

  private lineAt(at: number): number {
    for (; this.counted < at; this.counted++) if (this.input[this.counted] === "\n") this.line++;
    return this.line;
  }

  private emit(kind: TokenKind, from: number, to: number): void {
    this.queue.push({ kind, at: from, text: this.input.slice(from, to), line: this.lineAt(from) });
    this.at = to;
  }

  /** Text up to and with the next `{{`. */
  private textUntilOpen(): "action" | "comment" | "end" {
    const open = this.input.indexOf("{{", this.at);
    const end = open < 0 ? this.input.length : open;
    const trims = open >= 0 && /^-[ \t\r\n]/.test(this.input.slice(open + 2, open + 4));
    let kept = end;
    if (trims) while (kept > this.at && " \t\r\n".includes(this.input[kept - 1]!)) kept--;
    if (kept > this.at) this.emit("text", this.at, kept);
    this.at = end;
    if (open < 0) return "end";
    const after = open + 2 + (trims ? 2 : 0);
    if (this.input.startsWith("/*", after)) {
      this.comment(after);
      return "comment";
    }
    this.emit("open", open, open + 2);
    this.at = after;
    this.parens = 0;
    return "action";
  }

  private comment(start: number): void {
    const close = this.input.indexOf("*/", start + 2);
    if (close < 0) throw new LexError("unclosed comment", start);
    this.at = close + 2;
    const delimiter = this.closing();
    if (!delimiter) throw new LexError("comment ends before closing delimiter", start);
    this.leave(delimiter);
  }

  /** How `}}` or ` -}}` stands here, if it does. */
  private closing(): "plain" | "trimming" | null {
    if (/^[ \t\r\n]-\}\}/.test(this.input.slice(this.at, this.at + 4))) return "trimming";
    return this.input.startsWith("}}", this.at) ? "plain" : null;
  }

  private leave(delimiter: "plain" | "trimming"): void {
    this.at += delimiter === "trimming" ? 4 : 2;
    if (delimiter === "trimming") while (" \t\r\n".includes(this.input[this.at] ?? "x")) this.at++;
  }

  /** One token inside an action; false when it was the closing delimiter. */
  private inside(): boolean {
    const delimiter = this.closing();
    const start = this.at;
    if (delimiter) {
      if (this.parens > 0) throw new LexError("unclosed left paren", start);
      const from = start + (delimiter === "trimming" ? 2 : 0);
      this.emit("close", from, from + 2);
      this.at = start;
      this.leave(delimiter);
      return false;
    }
    const char = this.input[start];
    if (char === undefined) throw new LexError("unclosed action", start);
    if (" \t\r\n".includes(char)) this.space(start);
    else if (char === "=") this.emit("assign", start, start + 1);
    else if (char === ":") {
      if (this.input[start + 1] !== "=") throw new LexError("expected :=", start);
      this.emit("declare", start, start + 2);
    } else if (char === "|") this.emit("pipe", start, start + 1);
    else if (char === '"') this.quoted(start, '"', "string", "unterminated quoted string");
    else if (char === "'") this.quoted(start, "'", "charConstant", "unterminated character constant");
    else if (char === "`") {
      const end = this.input.indexOf("`", start + 1);
      if (end < 0) throw new LexError("unterminated raw quoted string", start);
      this.emit("rawString", start, end + 1);
    } else if (char === "$") this.name(start, "variable");
    else if (char === "." && !/[0-9]/.test(this.input[start + 1] ?? "0")) this.name(start, "field");
    else if (/[.+\-0-9]/.test(char)) this.number(start);
    else this.other(start);
    return true;
  }

  private space(start: number): void {
    let end = start;
    while (" \t\r\n".includes(this.input[end] ?? "x")) end++;
    // The last blank may belong to the closing delimiter.
    if (this.input.startsWith("-}}", end)) end--;
    if (end > start) this.emit("space", start, end);
  }

  private quoted(start: number, quote: string, kind: TokenKind, problem: string): void {
    for (let end = start + 1; ; end++) {
      let char = this.input[end];
      if (char === "\\") char = this.input[++end] === "\n" ? "\n" : this.input[end] === undefined ? undefined : "";
      if (char === undefined || char === "\n") throw new LexError(problem, start);
      if (char === quote) {
        this.emit(kind, start, end + 1);
        return;
      }
    }
  }

  private wordEnd(from: number): number {
    let end = from;
    for (;;) {
      const { rune, width } = decodeRune(this.input, end);
      if (width === 0 || !isAlphanumeric(rune)) return end;
      end += width;
    }
  }

  private terminate(start: number, end: number): void {
    if (end >= this.input.length || /[ \t\r\n.,|:()]/.test(this.input[end]!) || this.input.startsWith("}}", end))
      return;
    throw new LexError(`bad character ${unicode(decodeRune(this.input, end).rune)}`, start);
  }

  private name(start: number, kind: "field" | "variable"): void {
    const end = this.wordEnd(start + 1);
    this.terminate(start, end);
    this.emit(kind === "field" && end === start + 1 ? "dot" : kind, start, end);
  }

  private number(start: number): void {
    let end = this.scanNumber(start);
    let kind: TokenKind = "number";
    if (end !== null && /[+-]/.test(this.input[end] ?? "")) {
      const second = this.scanNumber(end);
      const last = second ?? this.at;
      if (second === null || this.input[second - 1] !== "i") this.badNumber(start, last);
      [end, kind] = [second, "complex"];
    }
    if (end === null) this.badNumber(start, this.at);
    this.emit(kind, start, end);
  }

  private badNumber(start: number, end: number): never {
    throw new LexError(`bad number syntax: ${quoteBytes(this.input.slice(start, end))}`, start);
  }

  /** The end of a number, or null (with `at` behind the character that spoils it). */
  private scanNumber(start: number): number | null {
    const rest = this.input.slice(start, start + 1024);
    const match =
      /^[+-]?0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?i?/.exec(rest) ??
      /^[+-]?0[oO][0-7_]*(?:\.[0-7_]*)?i?/.exec(rest) ??
      /^[+-]?0[bB][01_]*(?:\.[01_]*)?i?/.exec(rest) ??
      /^[+-]?[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?i?/.exec(rest);
    const end = start + match![0].length;
    const { rune, width } = decodeRune(this.input, end);
    if (width === 0 || !isAlphanumeric(rune)) return end;
    this.at = end + width;
    return null;
  }

  private other(start: number): void {
    const { rune, width } = decodeRune(this.input, start);
    if (isAlphanumeric(rune)) {
      const end = this.wordEnd(start);
      this.terminate(start, end);
      const word = this.input.slice(start, end);
      const kind = WORDS.has(word)
        ? (word as Keyword)
        : word === "nil"
          ? "nil"
          : /^(true|false)$/.test(word)
            ? "bool"
            : "identifier";
      this.emit(kind, start, end);
      return;
    }
    if (rune === 0x28) this.parens++;
    if (rune === 0x29 && --this.parens < 0) {
      if (this.go >= 20) throw new LexError("unexpected right paren", start);
      // Nobody takes it, so that the error behind it is never seen.
    }
    if (rune > 0x7f || !isPrintable(rune)) {
      throw new LexError(`unrecognized character in action: ${unicode(rune)}`, start);
    }
    this.emit(rune === 0x28 ? "leftParen" : rune === 0x29 ? "rightParen" : "char", start, start + width);
  }
}

/** Go's `%#U`. */
function unicode(rune: number): string {
  const hex = rune.toString(16).toUpperCase().padStart(4, "0");
  return isPrintable(rune) ? `U+${hex} '${encodeRune(rune)}'` : `U+${hex}`;
}
