export interface Token {
  kind: "{" | "}" | "," | "=" | "!=" | "=~" | "!~" | "quoted" | "unquoted" | "eof";
  text: string;
  /** Columns in runes, as upstream's messages count. */
  start: number;
  end: number;
}

export class LexError extends Error {}

const SPACE = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;
const RESERVED = new Set("{}!=~,\\\"'`");

export function isReserved(rune: string): boolean {
  return RESERVED.has(rune) || SPACE.test(rune);
}

/** Go's `strings.TrimSpace`, which unlike `trim` keeps a byte order mark. */
export function trimGo(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.test(text[start]!)) start++;
  while (end > start && SPACE.test(text[end - 1]!)) end--;
  return text.slice(start, end);
}

/** Tokens of the UTF-8 matcher syntax, with one token of look-ahead. */
export class Lexer {
  readonly #runes: string[];
  #next = 0;
  #peeked: Token | undefined;
  /** Column behind what was read last; errors about missing braces show it. */
  column = 0;

  constructor(input: string) {
    this.#runes = [...input];
  }

  peek(): Token {
    this.#peeked ??= this.#scan();
    return this.#peeked;
  }

  take(): Token {
    const token = this.peek();
    this.#peeked = undefined;
    this.column = token.end;
    return token;
  }

  #scan(): Token {
    while (this.#next < this.#runes.length && SPACE.test(this.#runes[this.#next]!)) this.#next++;
    const rune = this.#runes[this.#next];
    const start = this.#next;
    if (rune === undefined) {
      this.column = start;
      return { kind: "eof", text: "", start, end: start };
    }
    if (rune === "{" || rune === "}" || rune === ",") return this.#emit(rune, start, start + 1);
    if (rune === "=") {
      return this.#runes[start + 1] === "~" ? this.#emit("=~", start, start + 2) : this.#emit("=", start, start + 1);
    }
    if (rune === "!") {
      const second = this.#runes[start + 1];
      if (second === "=") return this.#emit("!=", start, start + 2);
      if (second === "~") return this.#emit("!~", start, start + 2);
      if (second === undefined) {
        throw new LexError(`${start}:${start + 1}: unexpected end of input, expected one of '=~'`);
      }
      throw new LexError(`${start}:${start + 1}: !: expected one of '=~'`);
    }
    if (rune === '"') return this.#quoted(start);
    if (isReserved(rune)) throw new LexError(`${start}:${start + 1}: ${rune}: invalid input`);
    let end = start;
    while (end < this.#runes.length && !isReserved(this.#runes[end]!)) end++;
    return this.#emit("unquoted", start, end);
  }

  #quoted(start: number): Token {
    let end = start + 1;
    let escaped = false;
    for (; end < this.#runes.length; end++) {
      const rune = this.#runes[end]!;
      if (escaped) escaped = false;
      else if (rune === "\\") escaped = true;
      else if (rune === '"') return this.#emit("quoted", start, end + 1);
    }
    throw new LexError(`${start}:${end}: ${this.#runes.slice(start, end).join("")}: missing end "`);
  }

  #emit(kind: Token["kind"], start: number, end: number): Token {
    this.#next = end;
    return { kind, text: this.#runes.slice(start, end).join(""), start, end };
  }
}
