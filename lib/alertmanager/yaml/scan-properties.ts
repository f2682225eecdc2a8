import { type Cursor, hexValue, isBlank, isBlankOrEnd, isBreakOrEnd, isDigit, isWord } from "./cursor";
import { skipToLineEnd } from "./scan-scalars";

const AFTER_NAME = new Set([..."?:,]}%@`"].map((char) => char.charCodeAt(0)));

/** The name behind `&` or `*`. */
export function scanAnchor(cursor: Cursor): string {
  const name = word(cursor, cursor.pos + 1);
  const next = cursor.text.charCodeAt(cursor.pos);
  if (name === "" || !(isBlankOrEnd(next) || AFTER_NAME.has(next)))
    cursor.fail("did not find expected alphabetic or numeric character");
  return name;
}

function word(cursor: Cursor, start: number): string {
  cursor.pos = start;
  while (isWord(cursor.text.charCodeAt(cursor.pos))) cursor.pos++;
  return cursor.text.slice(start, cursor.pos);
}

/** A tag as written: `!<suffix>` has no handle, `!` neither (its suffix is `!`). */
export interface Tag {
  handle: string;
  suffix: string;
}

export function scanTag(cursor: Cursor): Tag {
  const { text } = cursor;
  let handle = "";
  let suffix: string;
  if (text.charCodeAt(cursor.pos + 1) === 60) {
    cursor.pos += 2;
    suffix = scanUri(cursor, "");
    if (text.charCodeAt(cursor.pos) !== 62) cursor.fail("did not find the expected '>'");
    cursor.pos++;
  } else {
    handle = scanHandle(cursor, false);
    if (handle.length > 1 && handle.endsWith("!")) {
      suffix = scanUri(cursor, "");
    } else {
      suffix = scanUri(cursor, handle);
      handle = "!";
      if (suffix === "") [handle, suffix] = ["", "!"];
    }
  }
  if (!isBlankOrEnd(text.charCodeAt(cursor.pos))) cursor.fail("did not find expected whitespace or line break");
  return { handle, suffix };
}

function scanHandle(cursor: Cursor, directive: boolean): string {
  const { text, pos } = cursor;
  if (text.charCodeAt(pos) !== 33) cursor.fail("did not find expected '!'");
  const handle = `!${word(cursor, pos + 1)}`;
  if (text.charCodeAt(cursor.pos) === 33) {
    cursor.pos++;
    return `${handle}!`;
  }
  if (directive && handle !== "!") cursor.fail("did not find expected '!'");
  return handle;
}

const URI = new Set([...";/?:@&=+$,.!~*'()[]%"].map((char) => char.charCodeAt(0)));

/** `head` was read already as what might have been a handle. */
function scanUri(cursor: Cursor, head: string): string {
  const { text } = cursor;
  let uri = head.slice(1);
  let found = head !== "";
  for (;;) {
    const code = text.charCodeAt(cursor.pos);
    if (!isWord(code) && !URI.has(code)) break;
    found = true;
    if (code === 37) uri += scanUriEscape(cursor);
    else uri += text[cursor.pos++];
  }
  if (!found) cursor.fail("did not find expected tag URI");
  return uri;
}

/** One character written as `%` and hexadecimal octets of its UTF-8. */
function scanUriEscape(cursor: Cursor): string {
  const { text } = cursor;
  const octets: number[] = [];
  let width = 1;
  while (octets.length < width) {
    const { pos } = cursor;
    const high = hexValue(text.charCodeAt(pos + 1));
    const low = hexValue(text.charCodeAt(pos + 2));
    if (text.charCodeAt(pos) !== 37 || high < 0 || low < 0) cursor.fail("did not find URI escaped octet");
    const octet = high * 16 + low;
    if (octets.length === 0) {
      width = octet < 0x80 ? 1 : octet >> 5 === 6 ? 2 : octet >> 4 === 14 ? 3 : octet >> 3 === 30 ? 4 : 0;
      if (width === 0) cursor.fail("found an incorrect leading UTF-8 octet");
    } else if (octet >> 6 !== 2) {
      cursor.fail("found an incorrect trailing UTF-8 octet");
    }
    octets.push(octet);
    cursor.pos += 3;
  }
  return new TextDecoder().decode(new Uint8Array(octets));
}

export type Directive =
  | { kind: "version"; major: number; minor: number }
  | { kind: "tag"; handle: string; prefix: string };

/** A line that begins with `%`, up to and with its line break. */
export function scanDirective(cursor: Cursor): Directive {
  const { text } = cursor;
  const name = word(cursor, cursor.pos + 1);
  if (name === "") cursor.fail("could not find expected directive name");
  if (!isBlankOrEnd(text.charCodeAt(cursor.pos))) cursor.fail("found unexpected non-alphabetical character");
  let directive: Directive;
  if (name === "YAML") directive = scanVersion(cursor);
  else if (name === "TAG") directive = scanTagDirective(cursor);
  else cursor.fail("found unknown directive name");
  skipToLineEnd(cursor);
  if (text.charCodeAt(cursor.pos) !== 0) cursor.skipLine();
  return directive;
}

function skipBlanks(cursor: Cursor): void {
  while (isBlank(cursor.text.charCodeAt(cursor.pos))) cursor.pos++;
}

function scanVersion(cursor: Cursor): Directive {
  skipBlanks(cursor);
  const major = scanNumber(cursor);
  if (cursor.text.charCodeAt(cursor.pos) !== 46) cursor.fail("did not find expected digit or '.' character");
  cursor.pos++;
  return { kind: "version", major, minor: scanNumber(cursor) };
}

function scanNumber(cursor: Cursor): number {
  const { text, pos } = cursor;
  while (isDigit(text.charCodeAt(cursor.pos))) {
    if (cursor.pos - pos === 2) cursor.fail("found extremely long version number");
    cursor.pos++;
  }
  if (cursor.pos === pos) cursor.fail("did not find expected version number");
  return Number(text.slice(pos, cursor.pos));
}

function scanTagDirective(cursor: Cursor): Directive {
  const { text } = cursor;
  skipBlanks(cursor);
  const handle = scanHandle(cursor, true);
  if (!isBlank(text.charCodeAt(cursor.pos))) cursor.fail("did not find expected whitespace");
  skipBlanks(cursor);
  const prefix = scanUri(cursor, "");
  const next = text.charCodeAt(cursor.pos);
  if (!isBlank(next) && !isBreakOrEnd(next)) cursor.fail("did not find expected whitespace or line break");
  return { kind: "tag", handle, prefix };
}
