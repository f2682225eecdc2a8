import { goUnquote } from "../go/quote";
import { LexError, Lexer, type Token } from "./lexer";
import { type Matcher, type MatcherOperator, newMatcher, type Parsed } from "./matcher";

const END_OF_INPUT = "end of input";
const OPERATORS: Token["kind"][] = ["=", "!=", "=~", "!~"];
const TEXTS: Token["kind"][] = ["quoted", "unquoted"];

class ParseError extends Error {}

/** The syntax that came with UTF-8 label names in 0.27 (`matcher/parse`). */
export function parseUtf8(input: string): Parsed {
  try {
    return { ok: true, matchers: parse(new Lexer(input)) };
  } catch (error) {
    if (error instanceof LexError || error instanceof ParseError) return { ok: false, error: error.message };
    throw error;
  }
}

function parse(lexer: Lexer): Matcher[] {
  const matchers: Matcher[] = [];
  const braces = lexer.peek().kind === "{";
  if (!braces && lexer.peek().kind === "eof") return matchers;
  if (braces) lexer.take();
  let more = lexer.peek().kind !== "}" && lexer.peek().kind !== "eof";
  while (more) {
    matchers.push(parseMatcher(lexer));
    more = parseSeparator(lexer);
  }
  const close = lexer.peek();
  if (close.kind === "}") lexer.take();
  if (braces && close.kind !== "}") {
    const found = close.kind === "eof" ? END_OF_INPUT : unexpected(close);
    throw new ParseError(`0:${lexer.column}: ${found}: expected close brace`);
  }
  if (!braces && close.kind === "}") throw new ParseError(`0:${lexer.column}: }: expected opening brace`);
  const end = within("expected end of input", () => lexer.take());
  if (end.kind !== "eof") throw new ParseError(`${end.start}:${end.end}: ${end.text}: expected end of input`);
  return matchers;
}

function parseMatcher(lexer: Lexer): Matcher {
  const name = text(expect(lexer, TEXTS, "expected label name"));
  const op = expect(lexer, OPERATORS, "expected an operator such as '=', '!=', '=~' or '!~'").kind as MatcherOperator;
  const value = text(expect(lexer, TEXTS, "expected label value"));
  const matcher = newMatcher(name, op, value);
  if ("error" in matcher) throw new ParseError(`failed to create matcher: ${matcher.error}`);
  return matcher;
}

/** Whether another matcher follows. */
function parseSeparator(lexer: Lexer): boolean {
  const separator = peek(lexer, [",", "}", "eof"], "expected a comma or close brace");
  if (separator.kind !== ",") return false;
  lexer.take();
  const next = peek(lexer, ["}", "eof", ...TEXTS], "expected a matcher or close brace after comma");
  return next.kind !== "}" && next.kind !== "eof";
}

function expect(lexer: Lexer, kinds: Token["kind"][], expected: string): Token {
  peek(lexer, kinds, expected);
  return lexer.take();
}

function peek(lexer: Lexer, kinds: Token["kind"][], expected: string): Token {
  const token = within(expected, () => lexer.peek());
  if (kinds.includes(token.kind)) return token;
  throw new ParseError(`${token.kind === "eof" ? END_OF_INPUT : unexpected(token)}: ${expected}`);
}

function within(expected: string, read: () => Token): Token {
  try {
    return read();
  } catch (error) {
    if (error instanceof LexError) throw new LexError(`${error.message}: ${expected}`);
    throw error;
  }
}

function unexpected({ start, end, text: written }: Token): string {
  return `${start}:${end}: unexpected ${written}`;
}

function text(token: Token): string {
  if (token.kind !== "quoted") return token.text;
  const value = goUnquote(token.text);
  if (value === null) throw new ParseError(`${token.start}:${token.end}: ${token.text}: invalid input`);
  return value;
}
