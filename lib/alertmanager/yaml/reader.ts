/** A text as it is read from bytes; `problem` is where its encoding is broken. */
export interface ReadText {
  text: string;
  problem: { reason: string; offset: number } | null;
}

/** Reads UTF-8, or UTF-16 with a byte order mark, and tells of broken bytes what yaml.v2 tells. */
export function readBytes(bytes: Uint8Array): ReadText {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return readUtf16(bytes, true);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return readUtf16(bytes, false);
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), problem: null };
  } catch {
    const { index, reason } = firstBroken(bytes);
    const good = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, index));
    const rest = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(index));
    return { text: good + rest, problem: { reason, offset: good.length } };
  }
}

function firstBroken(bytes: Uint8Array): { index: number; reason: string } {
  let index = 0;
  while (index < bytes.length) {
    const octet = bytes[index] as number;
    const width = octet < 0x80 ? 1 : octet >> 5 === 6 ? 2 : octet >> 4 === 14 ? 3 : octet >> 3 === 30 ? 4 : 0;
    if (width === 0) return { index, reason: "invalid leading UTF-8 octet" };
    if (index + width > bytes.length) return { index, reason: "incomplete UTF-8 octet sequence" };
    let code = width === 1 ? octet : octet & (0x7f >> width);
    for (let step = 1; step < width; step++) {
      const trailing = bytes[index + step] as number;
      if (trailing >> 6 !== 2) return { index, reason: "invalid trailing UTF-8 octet" };
      code = code * 64 + (trailing & 0x3f);
    }
    if (code < (LEAST[width] as number)) return { index, reason: "invalid length of a UTF-8 sequence" };
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return { index, reason: "invalid Unicode character" };
    index += width;
  }
  return { index, reason: "invalid Unicode character" };
}

/** The least character that a sequence of so many octets may stand for. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];

function readUtf16(bytes: Uint8Array, little: boolean): ReadText {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units: string[] = [];
  for (let index = 0; index + 1 < bytes.length; index += 2)
    units.push(String.fromCharCode(view.getUint16(index, little)));
  const text = units.join("");
  const broken = text.isWellFormed() ? -1 : loneSurrogate(text);
  if (broken >= 0) {
    const low = text.charCodeAt(broken) >= 0xdc00;
    const reason = low ? "unexpected low surrogate area" : "expected low surrogate area";
    return { text, problem: { reason, offset: broken } };
  }
  const problem = bytes.length % 2 === 0 ? null : { reason: "incomplete UTF-16 character", offset: text.length };
  return { text, problem };
}

function loneSurrogate(text: string): number {
  return text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
}

/** The first character that no YAML text may hold: a control character, or one half of a pair. */
export function refusedCharacter(text: string): ReadText["problem"] {
  const control = controlCharacter(text);
  const lone = text.isWellFormed() ? -1 : loneSurrogate(text);
  if (lone >= 0 && (control < 0 || lone < control)) return { reason: "invalid Unicode character", offset: lone };
  return control < 0 ? null : { reason: "control characters are not allowed", offset: control };
}

function controlCharacter(text: string): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 32) {
      if (code !== 9 && code !== 10 && code !== 13) return index;
    } else if (code > 0x7e && (code < 0xa0 ? code !== 0x85 : code >= 0xfffe)) return index;
  }
  return -1;
}

const CHUNK = 512;

/**
 * Whether a problem of the encoding at `offset` is met by somebody who looked at the text up to `seen`: yaml.v2 reads
 * 512 bytes at a time, so that it may stop at a mistake that stands far before.
 */
export function isMet(text: string, offset: number, seen: number): boolean {
  if (seen > offset) return true;
  let bytes = 0;
  let start = 0;
  for (let index = 0; index < offset; index++) {
    const code = text.charCodeAt(index);
    const pair = code >= 0xd800 && code < 0xdc00;
    const width = code < 0x80 ? 1 : code < 0x800 ? 2 : pair ? 4 : 3;
    // A chunk begins with the character that the one before could not finish.
    if (bytes + width > CHUNK) {
      bytes = 0;
      start = index;
    }
    bytes += width;
    if (pair) index++;
  }
  return seen > (bytes >= CHUNK ? offset : start);
}
