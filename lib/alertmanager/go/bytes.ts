/**
 * A Go string: bytes, one per character (0 to 255). Go's offsets, lengths, comparisons and invalid UTF-8 are then
 * those of plain JavaScript strings; text is converted where it enters and leaves the engine.
 */
export type Bytes = string;

export const RUNE_ERROR = 0xfffd;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const LONE = /([\ud800-\udfff])/u;
const ASCII = /^[\0-\x7f]*$/;

/** UTF-16 text to the bytes of its UTF-8; a lone surrogate becomes U+FFFD. */
export function toBytes(text: string): Bytes {
  if (ASCII.test(text)) return text;
  return fromByteArray(encoder.encode(text));
}

/** Bytes to UTF-16 text; each invalid byte sequence becomes U+FFFD. */
export function fromBytes(bytes: Bytes): string {
  if (ASCII.test(bytes)) return bytes;
  return decoder.decode(toByteArray(bytes));
}

/**
 * As `fromBytes`, but each invalid byte becomes a lone surrogate (U+DC00 and the byte): Go's JSON writes such a byte otherwise
 * than a U+FFFD that was there. `toWellFormed` makes it one.
 */
export function fromBytesMarked(bytes: Bytes): string {
  if (ASCII.test(bytes)) return bytes;
  const text = decoder.decode(toByteArray(bytes));
  if (!text.includes("\ufffd")) return text;
  let marked = "";
  for (let at = 0; at < bytes.length; ) {
    const { rune, width } = decodeRune(bytes, at);
    const invalid = rune === RUNE_ERROR && width === 1;
    marked += invalid ? String.fromCharCode(0xdc00 + bytes.charCodeAt(at)) : String.fromCodePoint(rune);
    at += width;
  }
  return marked;
}

/** The inverse of `fromBytesMarked`. */
export function toBytesMarked(text: string): Bytes {
  if (text.isWellFormed()) return toBytes(text);
  return text
    .split(LONE)
    .map((part, index) => (index % 2 === 0 ? toBytes(part) : String.fromCharCode(part.charCodeAt(0) - 0xdc00)))
    .join("");
}

/** The bytes as a typed array, as hashes and base64 want them. */
export function toByteArray(bytes: Bytes): Uint8Array {
  const array = new Uint8Array(bytes.length);
  for (let index = 0; index < bytes.length; index++) array[index] = bytes.charCodeAt(index);
  return array;
}

/** The inverse of `toByteArray`. */
export function fromByteArray(array: Uint8Array): Bytes {
  let bytes = "";
  for (let index = 0; index < array.length; index += 8192) {
    // Applied, not spread: that is many times faster for typed arrays.
    bytes += Reflect.apply(String.fromCharCode, null, array.subarray(index, index + 8192));
  }
  return bytes;
}

/** One rune as UTF-8; what is no Unicode scalar value is written as U+FFFD. */
export function encodeRune(rune: number): Bytes {
  if (rune < 0 || rune > 0x10ffff || (rune >= 0xd800 && rune < 0xe000)) return "\xef\xbf\xbd";
  if (rune < 0x80) return String.fromCharCode(rune);
  if (rune < 0x800) return String.fromCharCode(0xc0 | (rune >> 6), 0x80 | (rune & 63));
  if (rune < 0x10000) return String.fromCharCode(0xe0 | (rune >> 12), 0x80 | ((rune >> 6) & 63), 0x80 | (rune & 63));
  return String.fromCharCode(
    0xf0 | (rune >> 18),
    0x80 | ((rune >> 12) & 63),
    0x80 | ((rune >> 6) & 63),
    0x80 | (rune & 63),
  );
}

export interface DecodedRune {
  rune: number;
  /** 1 for an invalid byte, which decodes to `RUNE_ERROR`; 0 at the end. */
  width: number;
}

/** Decodes one rune at `at`, as Go's `utf8.DecodeRuneInString`. */
export function decodeRune(bytes: Bytes, at: number): DecodedRune {
  const first = bytes.charCodeAt(at);
  if (Number.isNaN(first)) return { rune: RUNE_ERROR, width: 0 };
  if (first < 0x80) return { rune: first, width: 1 };
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const invalid = { rune: RUNE_ERROR, width: 1 };
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return invalid;
  let rune = first & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const next = bytes.charCodeAt(at + index);
    if ((next & 0xc0) !== 0x80) return invalid;
    rune = (rune << 6) | (next & 0x3f);
  }
  const overlong = (length === 3 && rune < 0x800) || (length === 4 && (rune < 0x10000 || rune > 0x10ffff));
  if (overlong || (rune >= 0xd800 && rune < 0xe000)) return invalid;
  return { rune, width: length };
}

/** Go's `utf8.RuneCountInString`. */
export function runeCount(bytes: Bytes): number {
  if (ASCII.test(bytes)) return bytes.length;
  let count = 0;
  for (let at = 0; at < bytes.length; count++) at += decodeRune(bytes, at).width;
  return count;
}
