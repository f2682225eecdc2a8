import { type Bytes, decodeRune, encodeRune, fromBytes, RUNE_ERROR, toBytes } from "./bytes";

const SPACE = /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

/** Go's `strings.TrimSpace`: white space as Unicode defines it, which is not what JavaScript's `trim` removes. */
export function trimSpace(text: Bytes): Bytes {
  let start = 0;
  let end = text.length;
  while (start < end) {
    const { rune, width } = decodeRune(text, start);
    if (!SPACE.test(String.fromCodePoint(rune))) break;
    start += width;
  }
  while (end > start) {
    let from = end - 1;
    while (from > start && end - from < 4 && (text.charCodeAt(from) & 0xc0) === 0x80) from--;
    const { rune, width } = decodeRune(text, from);
    if (from + width !== end || !SPACE.test(String.fromCodePoint(rune))) break;
    end = from;
  }
  return text.slice(start, end);
}

/** Applies a mapping to each rune; invalid bytes become U+FFFD where `keepInvalid` is not set. */
export function mapRunes(text: Bytes, map: (rune: string) => string): Bytes {
  let mapped = "";
  for (let at = 0; at < text.length; ) {
    const { rune, width } = decodeRune(text, at);
    at += width;
    mapped += rune === RUNE_ERROR && width === 1 ? encodeRune(RUNE_ERROR) : toBytes(map(String.fromCodePoint(rune)));
  }
  return mapped;
}

/** A rune's simple case mapping: what does not map to exactly one rune stays. */
function simple(rune: string, convert: (text: string) => string): string {
  const mapped = convert(rune);
  return [...mapped].length === 1 ? mapped : rune;
}

/** Go's `strings.ToUpper`: rune by rune, so `ß` stays. */
export function toUpper(text: Bytes): Bytes {
  return mapRunes(text, (rune) => (rune in UPPER ? UPPER[rune]! : simple(rune, (char) => char.toUpperCase())));
}

/** Go's `strings.ToLower`: rune by rune, without the final sigma. */
export function toLower(text: Bytes): Bytes {
  return mapRunes(text, (rune) => (rune === "\u0130" ? "i" : simple(rune, (char) => char.toLowerCase())));
}

/** Simple upper-case mappings where the full mapping has several characters. */
const UPPER: Record<string, string> = {
  "\u1f80": "\u1f88",
  "\u1f81": "\u1f89",
  "\u1f82": "\u1f8a",
  "\u1f83": "\u1f8b",
  "\u1f84": "\u1f8c",
  "\u1f85": "\u1f8d",
  "\u1f86": "\u1f8e",
  "\u1f87": "\u1f8f",
  "\u1f90": "\u1f98",
  "\u1f91": "\u1f99",
  "\u1f92": "\u1f9a",
  "\u1f93": "\u1f9b",
  "\u1f94": "\u1f9c",
  "\u1f95": "\u1f9d",
  "\u1f96": "\u1f9e",
  "\u1f97": "\u1f9f",
  "\u1fa0": "\u1fa8",
  "\u1fa1": "\u1fa9",
  "\u1fa2": "\u1faa",
  "\u1fa3": "\u1fab",
  "\u1fa4": "\u1fac",
  "\u1fa5": "\u1fad",
  "\u1fa6": "\u1fae",
  "\u1fa7": "\u1faf",
  "\u1fb3": "\u1fbc",
  "\u1fc3": "\u1fcc",
  "\u1ff3": "\u1ffc",
};

/**
 * Title case as `cases.Title(AmericanEnglish)` of golang.org/x/text writes it: of each word the first cased letter in title
 * case, the others in lower case, the final sigma minded. Words end where Unicode breaks them, except that digits do not
 * begin one and that a single apostrophe, full stop or colon stands inside.
 */
export function titleCase(text: Bytes): Bytes {
  const chars = [...fromBytes(text)];
  let titled = "";
  let insideWord = false;
  for (const [at, char] of chars.entries()) {
    if (CASED.test(char)) {
      titled += insideWord ? lowerAt(chars, at) : titleChar(char);
      insideWord = true;
    } else {
      titled += char;
      if (BREAK.test(char)) insideWord = false;
    }
    if (MIDDLE.test(char) && MIDDLE.test(chars[at + 1] ?? "")) insideWord = false;
  }
  return toBytes(titled);
}

const CASED = /^\p{Cased}$/u;
const MIDDLE = /^['.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a]$/;
const BREAK =
  /^(?![\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\p{Cf}'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a]).|^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/su;

/** Lower case in its context: a sigma that ends a word is written `ς`. */
function lowerAt(chars: readonly string[], at: number): string {
  if (chars[at] !== "\u03a3") return chars[at]!.toLowerCase();
  const next = chars.slice(at + 1).find((char) => !/^[\p{Case_Ignorable}]$/u.test(char));
  return next !== undefined && CASED.test(next) ? "\u03c3" : "\u03c2";
}

const DIGRAPHS: Record<string, string> = {
  "\u01c4": "\u01c5",
  "\u01c5": "\u01c5",
  "\u01c6": "\u01c5",
  "\u01c7": "\u01c8",
  "\u01c8": "\u01c8",
  "\u01c9": "\u01c8",
  "\u01ca": "\u01cb",
  "\u01cb": "\u01cb",
  "\u01cc": "\u01cb",
  "\u01f1": "\u01f2",
  "\u01f2": "\u01f2",
  "\u01f3": "\u01f2",
};

function titleChar(char: string): string {
  if (char in DIGRAPHS) return DIGRAPHS[char]!;
  if (char in UPPER) return UPPER[char]!;
  const upper = [...char.toUpperCase()];
  // "ß" becomes "Ss", the ligature "ﬁ" becomes "Fi".
  const first = upper.findIndex((part) => CASED.test(part));
  return (
    upper.slice(0, first + 1).join("") +
    upper
      .slice(first + 1)
      .join("")
      .toLowerCase()
  );
}
