import { type Bytes, decodeRune, encodeRune } from "../../go/bytes";

const HEX = /[0-9a-fA-F]/;

/** Decodes the escapes of CSS: `\41` is `A`. */
export function decodeCss(text: Bytes): Bytes {
  let decoded = "";
  let at = 0;
  for (;;) {
    const slash = text.indexOf("\\", at);
    if (slash < 0 || slash + 1 >= text.length) return decoded + text.slice(at, slash < 0 ? undefined : slash);
    decoded += text.slice(at, slash);
    if (!HEX.test(text[slash + 1]!)) {
      const { width } = decodeRune(text, slash + 1);
      decoded += text.slice(slash + 1, slash + 1 + width);
      at = slash + 1 + width;
      continue;
    }
    let end = slash + 2;
    while (end < text.length && end < slash + 7 && HEX.test(text[end]!)) end++;
    let code = Number.parseInt(text.slice(slash + 1, end), 16);
    if (code > 0x10ffff) {
      code = Math.floor(code / 16);
      end--;
    }
    decoded += encodeRune(code);
    at = skipSpace(text, end);
  }
}

function skipSpace(text: Bytes, at: number): number {
  if (text[at] === "\r" && text[at + 1] === "\n") return at + 2;
  return at < text.length && /[\t\n\f\r ]/.test(text[at]!) ? at + 1 : at;
}

/** Whether a text ends with `url` as a word of its own. */
export function endsWithUrlKeyword(text: Bytes): boolean {
  if (!/url$/i.test(text)) return false;
  const before = text.at(-4);
  return before === undefined || !/[a-zA-Z0-9\-_\x80-\xff]/.test(before);
}

const REPLACEMENTS: Record<string, string> = {
  ...{ "\0": "\\0", "\t": "\\9", "\n": "\\a", "\f": "\\c", "\r": "\\d", '"': "\\22", "&": "\\26", "'": "\\27" },
  ...{ "(": "\\28", ")": "\\29", "+": "\\2b", "/": "\\2f", ":": "\\3a", ";": "\\3b", "<": "\\3c", ">": "\\3e" },
  ...{ "\\": "\\\\", "{": "\\7b", "}": "\\7d" },
};

/** Escapes a text for a string of CSS. */
export function escapeCss(text: Bytes): Bytes {
  return text.replace(/[\0\t\n\f\r"&'()+/:;<>\\{}]/g, (char, at: number) => {
    const next = text[at + 1];
    // A blank ends the escape where what follows could be taken for a part of it.
    const blank = char !== "\\" && (next === undefined || /[0-9a-fA-F\t\n\f\r ]/.test(next)) ? " " : "";
    return REPLACEMENTS[char]! + blank;
  });
}

/** A value of CSS that can do no harm, or null. */
export function safeCssValue(text: Bytes, go: number): Bytes | null {
  const decoded = decodeCss(text);
  const unsafe = go >= 20 ? /[\0"'()/;@[\\\]`{}<>]|--/ : /[\0"'()/;@[\\\]`{}]|--/;
  if (unsafe.test(decoded)) return null;
  const identifier = decoded.replace(/[^a-zA-Z0-9_]/g, "").toLowerCase();
  return /expression|mozbinding/.test(identifier) ? null : decoded;
}
