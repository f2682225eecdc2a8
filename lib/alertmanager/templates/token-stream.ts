import { type Bytes, decodeRune } from "../go/bytes";
import { quoteBytes, unquoteBytes } from "../go/quote-bytes";
import { isKeyword, type Lexer, type Token, type TokenKind } from "./lexer";
import type { Tree } from "./nodes";
import { ParseError } from "./parse-error";

/** How deep actions and parentheses may nest; Go has no such bound, our stack does. */
const MAX_NESTING = 400;

/** What the parsers of the definitions in one text share. */
export interface Shared {
  parseName: Bytes;
  source: Bytes;
  hasFunction: (name: Bytes) => boolean;
  go: number;
  trees: Map<Bytes, Tree>;
  lexer: Lexer;
  nesting: number;
}

/** The tokens of one text as Go's parser reads them: with its look-ahead, and its errors. */
export class TokenStream {
  // Go's look-ahead of three; the line of an error is that of the token read last, which stands first here.
  private readonly ahead: [Token, Token, Token];
  private count = 0;
  protected actionLine = 0;

  constructor(protected readonly shared: Shared) {
    const none: Token = { kind: "eof", at: 0, text: "", line: 0 };
    this.ahead = [none, none, none];
  }

  protected next(): Token {
    if (this.count > 0) this.count--;
    else {
      this.ahead[0] = this.shared.lexer.next();
    }
    return this.ahead[this.count]!;
  }

  protected backup(...tokens: Token[]): void {
    if (tokens.length === 0) this.count++;
    else if (tokens.length === 1) {
      this.ahead[1] = tokens[0]!;
      this.count = 2;
    } else {
      [this.ahead[1], this.ahead[2]] = [tokens[1]!, tokens[0]!];
      this.count = 3;
    }
  }

  protected peek(): Token {
    if (this.count > 0) return this.ahead[this.count - 1]!;
    const token = this.next();
    this.count = 1;
    return token;
  }

  protected nextSolid(): Token {
    let token = this.next();
    while (token.kind === "space") token = this.next();
    return token;
  }

  protected peekSolid(): Token {
    const token = this.nextSolid();
    this.backup();
    return token;
  }

  protected fail(message: Bytes): never {
    const { parseName } = this.shared;
    const { line, at } = this.ahead[0];
    throw new ParseError(`template: ${parseName}:${line}: ${message}`, parseName, line, at);
  }

  protected unexpected(token: Token, context: string): never {
    if (token.kind !== "error") this.fail(`unexpected ${tokenText(token)} in ${context}`);
    let extra = "";
    if (this.actionLine !== 0 && this.actionLine !== token.line) {
      extra = ` in action started at ${this.shared.parseName}:${this.actionLine}`;
      if (token.text.endsWith(" action")) extra = extra.slice(" in action".length);
    }
    this.fail(token.text + extra);
  }

  protected expect(context: string, ...kinds: TokenKind[]): Token {
    const token = this.nextSolid();
    if (!kinds.includes(token.kind)) this.unexpected(token, context);
    return token;
  }

  protected unquote(token: Token): Bytes {
    return unquoteBytes(token.text) ?? this.fail("invalid syntax");
  }

  protected nest<Result>(parse: () => Result): Result {
    if (++this.shared.nesting > MAX_NESTING) this.fail(`nested deeper than ${MAX_NESTING} levels`);
    const result = parse();
    this.shared.nesting--;
    return result;
  }
}

function tokenText(token: Token): Bytes {
  if (token.kind === "eof") return "EOF";
  if (isKeyword(token)) return `<${token.text}>`;
  let end = 0;
  for (let count = 0; count < 10 && end < token.text.length; count++) end += decodeRune(token.text, end).width;
  return token.text.length > 10 ? `${quoteBytes(token.text.slice(0, end))}...` : quoteBytes(token.text);
}
