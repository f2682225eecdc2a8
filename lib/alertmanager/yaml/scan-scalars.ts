import { type Cursor, hexValue, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit } from "./cursor";

/** 1: ends a word in any context, 2: a colon, 3: ends a word inside brackets. */
const PLAIN = new Uint8Array(128);
for (const code of [0, 9, 10, 13, 32]) PLAIN[code] = 1;
PLAIN[58] = 2;
for (const char of ",?[]{}") PLAIN[char.charCodeAt(0)] = 3;

/** An unquoted scalar; lines that are set in deeper than `indent` go on with it. */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): void {
  const { text } = cursor;
  let value = "";
  let chunk = cursor.pos;
  let end = chunk;
  let folded: string | null = null;
  for (;;) {
    if (cursor.atDocumentMarker()) break;
    let pos = cursor.pos;
    let code = text.charCodeAt(pos);
    if (code === 35) break;
    for (;;) {
      if (code < 128) {
        const kind = PLAIN[code];
        if (kind === 1 || (kind === 3 && inFlow)) break;
        if (kind === 2 && isBlankOrEnd(text.charCodeAt(pos + 1))) break;
      } else if (isBreak(code)) break;
      code = text.charCodeAt(++pos);
    }
    if (pos > cursor.pos) {
      if (folded !== null) {
        value += text.slice(chunk, end) + folded;
        chunk = cursor.pos;
        folded = null;
      }
      cursor.pos = end = pos;
    }
    if (!isBlank(code) && !isBreak(code)) break;
    folded = skipFolded(cursor, indent);
    if (!inFlow && cursor.column() < indent) break;
  }
  cursor.value = value === "" ? text.slice(chunk, end) : value + text.slice(chunk, end);
  cursor.valueEnd = end;
  cursor.brokeLine = folded !== null;
}

/** Over blanks and line breaks; what they stand for, or `null` when there was no line break. */
function skipFolded(cursor: Cursor, indent: number): string | null {
  const { text } = cursor;
  let first = "";
  let more = "";
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (isBlank(code)) {
      if (code === 9 && first !== "" && cursor.column() < indent)
        cursor.fail("found a tab character that violates indentation");
      cursor.pos++;
    } else if (isBreak(code)) {
      if (first === "") first = cursor.readLine();
      else more += cursor.readLine();
    } else {
      return first === "" ? null : fold(first, more);
    }
  }
}

/** One line break is a space, more are one less. */
function fold(first: string, more: string): string {
  return first === "\n" ? more || " " : first + more;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "'": "'",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
const CODE_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** A scalar in quotes, single or double. */
export function scanQuoted(cursor: Cursor, quote: number): void {
  const { text } = cursor;
  let value = "";
  let chunk = ++cursor.pos;
  for (;;) {
    if (cursor.atDocumentMarker()) cursor.fail("found unexpected document indicator");
    let pos = cursor.pos;
    let code = text.charCodeAt(pos);
    if (code === 0) cursor.fail("found unexpected end of stream");
    let escapedBreak = false;
    while (!isBlankOrEnd(code)) {
      if (code === quote) {
        if (quote !== 39 || text.charCodeAt(pos + 1) !== 39) break;
        value += text.slice(chunk, pos + 1);
        pos += 2;
        chunk = pos;
      } else if (code === 92 && quote === 34) {
        value += text.slice(chunk, pos);
        cursor.pos = pos;
        if (isBreak(text.charCodeAt(pos + 1))) {
          cursor.pos++;
          cursor.skipLine();
          escapedBreak = true;
        } else {
          value += scanEscape(cursor);
        }
        chunk = pos = cursor.pos;
        if (escapedBreak) break;
      } else {
        pos++;
      }
      code = text.charCodeAt(pos);
    }
    cursor.pos = pos;
    if (text.charCodeAt(pos) === quote) break;
    const folded = skipQuotedBlanks(cursor, escapedBreak);
    if (folded !== null) {
      value += text.slice(chunk, pos) + folded;
      chunk = cursor.pos;
    }
  }
  cursor.value = value === "" ? text.slice(chunk, cursor.pos) : value + text.slice(chunk, cursor.pos);
  cursor.valueEnd = ++cursor.pos;
}

/** What blanks and line breaks stand for; `null`: there was no break, and the blanks stand for themselves. */
function skipQuotedBlanks(cursor: Cursor, escapedBreak: boolean): string | null {
  const { text } = cursor;
  let first: string | null = escapedBreak ? "" : null;
  let more = "";
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (isBlank(code)) cursor.pos++;
    else if (!isBreak(code)) break;
    else if (first === null) first = cursor.readLine();
    else more += cursor.readLine();
  }
  return first === null ? null : fold(first, more);
}

function scanEscape(cursor: Cursor): string {
  const { text, pos } = cursor;
  const char = text[pos + 1] ?? "";
  const simple = ESCAPES[char];
  if (simple !== undefined) {
    cursor.pos = pos + 2;
    return simple;
  }
  const length = CODE_LENGTH[char];
  if (length === undefined) cursor.fail("found unknown escape character");
  let code = 0;
  for (let index = 0; index < length; index++) {
    const digit = hexValue(text.charCodeAt(pos + 2 + index));
    if (digit < 0) cursor.fail("did not find expected hexdecimal number");
    code = code * 16 + digit;
  }
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    cursor.fail("found invalid Unicode character escape code");
  }
  cursor.pos = pos + 2 + length;
  return String.fromCodePoint(code);
}

/** A scalar of the lines below `|` or `>`, set in deeper than `parentIndent` (-1 at the top). */
export function scanBlock(cursor: Cursor, literal: boolean, parentIndent: number): void {
  const { text } = cursor;
  cursor.pos++;
  const { keep, strip, increment } = scanBlockHeader(cursor);
  let end = cursor.pos;
  const code = text.charCodeAt(cursor.pos);
  if (code !== 0) cursor.skipLine();
  let indent = increment > 0 ? Math.max(parentIndent, 0) + increment : 0;
  let value = "";
  let firstBreak = "";
  let wasBlank = false;
  let breaks = scanIndentation(cursor, indent);
  if (indent === 0) indent = Math.max(cursor.valueEnd, parentIndent + 1, 1);
  while (cursor.column() === indent && text.charCodeAt(cursor.pos) !== 0) {
    const start = cursor.pos;
    const blank = isBlank(text.charCodeAt(start));
    if (!literal && firstBreak === "\n" && !wasBlank && !blank) value += breaks === "" ? " " : "";
    else value += firstBreak;
    wasBlank = blank;
    let pos = start;
    while (!isBreakOrEnd(text.charCodeAt(pos))) pos++;
    value += breaks + text.slice(start, pos);
    cursor.pos = end = pos;
    firstBreak = text.charCodeAt(pos) === 0 ? "" : cursor.readLine();
    breaks = scanIndentation(cursor, indent);
  }
  if (!strip) value += firstBreak;
  if (keep) {
    value += breaks;
    // All blank lines are its own; the break of the last one ends it.
    if (breaks !== "") end = breakBefore(text, cursor.lineStart);
  }
  cursor.value = value;
  cursor.valueEnd = end;
}

function breakBefore(text: string, lineStart: number): number {
  const crlf = text.charCodeAt(lineStart - 1) === 10 && text.charCodeAt(lineStart - 2) === 13;
  return lineStart - (crlf ? 2 : 1);
}

function scanBlockHeader(cursor: Cursor): { keep: boolean; strip: boolean; increment: number } {
  const { text } = cursor;
  let chomping = 0;
  let increment = 0;
  for (let step = 0; step < 2; step++) {
    const code = text.charCodeAt(cursor.pos);
    if ((code === 43 || code === 45) && chomping === 0) {
      chomping = code;
      cursor.pos++;
    } else if (isDigit(code) && increment === 0) {
      if (code === 48) cursor.fail("found an indentation indicator equal to 0");
      increment = code - 48;
      cursor.pos++;
    }
  }
  skipToLineEnd(cursor);
  return { keep: chomping === 43, strip: chomping === 45, increment };
}

/** Over blanks and a comment; nothing else may stand on the line. */
export function skipToLineEnd(cursor: Cursor): void {
  const { text } = cursor;
  while (isBlank(text.charCodeAt(cursor.pos))) cursor.pos++;
  if (text.charCodeAt(cursor.pos) === 35) while (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.pos++;
  if (!isBreakOrEnd(text.charCodeAt(cursor.pos))) cursor.fail("did not find expected comment or line break");
}

/** Over indentation and empty lines; answers the breaks, and leaves the deepest column seen in `valueEnd`. */
function scanIndentation(cursor: Cursor, indent: number): string {
  const { text } = cursor;
  let breaks = "";
  let deepest = 0;
  for (;;) {
    let code = text.charCodeAt(cursor.pos);
    while (code === 32 && (indent === 0 || cursor.column() < indent)) code = text.charCodeAt(++cursor.pos);
    const column = cursor.column();
    if (column > deepest) deepest = column;
    if (code === 9 && (indent === 0 || column < indent))
      cursor.fail("found a tab character where an indentation space is expected");
    if (!isBreak(code)) break;
    breaks += cursor.readLine();
  }
  cursor.valueEnd = deepest;
  return breaks;
}
