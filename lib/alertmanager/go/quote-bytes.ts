import { type Bytes, decodeRune, encodeRune, RUNE_ERROR } from "./bytes";

const SHORT: Record<number, string> = {
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
  92: "\\\\",
};
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Go's `strconv.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrintable(rune: number): boolean {
  if (rune < 0x7f) return rune >= 0x20;
  return rune <= 0x10ffff && PRINTABLE.test(String.fromCodePoint(rune));
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function quotedRune(rune: number, quote: string, asciiOnly: boolean): Bytes {
  if (rune === quote.charCodeAt(0)) return `\\${quote}`;
  if (SHORT[rune]) return SHORT[rune];
  if (rune < 0x80 ? isPrintable(rune) : !asciiOnly && isPrintable(rune)) return encodeRune(rune);
  if (rune < 0x20 || rune === 0x7f) return `\\x${hex(rune, 2)}`;
  if (rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) return "\\ufffd";
  return rune < 0x10000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`;
}

/** Go's `strconv.Quote` (or `QuoteToASCII`) of bytes that may be invalid UTF-8. */
export function quoteBytes(bytes: Bytes, asciiOnly = false): Bytes {
  let quoted = '"';
  for (let at = 0; at < bytes.length; ) {
    const { rune, width } = decodeRune(bytes, at);
    quoted +=
      rune === RUNE_ERROR && width === 1 ? `\\x${hex(bytes.charCodeAt(at), 2)}` : quotedRune(rune, '"', asciiOnly);
    at += width;
  }
  return `${quoted}"`;
}

/** Go's `strconv.QuoteRune` (or `QuoteRuneToASCII`). */
export function quoteRune(rune: number, asciiOnly = false): Bytes {
  const valid = rune >= 0 && rune <= 0x10ffff && !(rune >= 0xd800 && rune < 0xe000);
  return `'${quotedRune(valid ? rune : RUNE_ERROR, "'", asciiOnly)}'`;
}

/** Whether the text can stand unchanged between back quotes (Go's `strconv.CanBackquote`). */
export function canBackquote(bytes: Bytes): boolean {
  for (let at = 0; at < bytes.length; ) {
    const { rune, width } = decodeRune(bytes, at);
    at += width;
    if (width > 1 ? rune === 0xfeff : rune === RUNE_ERROR) return false;
    if (width === 1 && ((rune < 0x20 && rune !== 9) || rune === 0x60 || rune === 0x7f)) return false;
  }
  return true;
}

const ESCAPES: Record<string, string> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};
const DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 };

/** Reads one character or escape at `at` of a literal quoted by `quote`; null where Go reports a syntax error. */
export function unquoteChar(
  text: Bytes,
  at: number,
  quote: string,
): { value: number; bytes: Bytes; next: number } | null {
  const char = text[at];
  if (char === undefined || char === quote) return null;
  if (char !== "\\") {
    const { rune, width } = decodeRune(text, at);
    return { value: rune, bytes: text.slice(at, at + width), next: at + width };
  }
  const kind = text[at + 1];
  if (kind === undefined) return null;
  if (kind === "'" || kind === '"') {
    return kind === quote ? { value: kind.charCodeAt(0), bytes: kind, next: at + 2 } : null;
  }
  const short = ESCAPES[kind];
  if (short !== undefined) return { value: short.charCodeAt(0), bytes: short, next: at + 2 };
  const length = DIGITS[kind];
  if (length !== undefined) {
    const digits = text.slice(at + 2, at + 2 + length);
    if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) return null;
    const value = Number.parseInt(digits, 16);
    const next = at + 2 + length;
    if (kind === "x") return { value, bytes: String.fromCharCode(value), next };
    if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return null;
    return { value, bytes: encodeRune(value), next };
  }
  const octal = text.slice(at + 1, at + 4);
  if (!/^[0-7]{3}$/.test(octal) || Number.parseInt(octal, 8) > 255) return null;
  const value = Number.parseInt(octal, 8);
  return { value, bytes: String.fromCharCode(value), next: at + 4 };
}

/** Go's `strconv.Unquote` of a string literal in double or back quotes; null where Go says `invalid syntax`. */
export function unquoteBytes(literal: Bytes): Bytes | null {
  const quote = literal[0];
  if (literal.length < 2 || quote !== literal.at(-1) || (quote !== '"' && quote !== "`")) return null;
  const body = literal.slice(1, -1);
  if (quote === "`") return body.includes("`") ? null : body.replaceAll("\r", "");
  if (body.includes("\n")) return null;
  let bytes = "";
  for (let at = 0; at < body.length; ) {
    const char = unquoteChar(body, at, '"');
    if (!char) return null;
    bytes += char.bytes;
    at = char.next;
  }
  return bytes;
}
