const SHORT: Record<string, string> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  '"': '\\"',
  "\\": "\\\\",
};
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Go's `strconv.Quote`. */
export function goQuote(text: string): string {
  let quoted = '"';
  for (const rune of text) {
    const code = rune.codePointAt(0)!;
    if (SHORT[rune]) quoted += SHORT[rune];
    else if (PRINTABLE.test(rune)) quoted += rune;
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 0x10000) quoted += `\\u${code.toString(16).padStart(4, "0")}`;
    else quoted += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return `${quoted}"`;
}

const UNSHORT: Record<string, number> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, "\\": 92, '"': 34 };
const HEX_LENGTH: Record<string, number> = { x: 2, u: 4, U: 8 };

/** Go's `strconv.Unquote` of a double-quoted string; `null` where Go returns an error or invalid UTF-8. */
export function goUnquote(quoted: string): string | null {
  if (quoted.length < 2 || !quoted.startsWith('"') || !quoted.endsWith('"')) return null;
  const body = quoted.slice(1, -1);
  if (!/[\\"\n]/.test(body)) return body;
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (let index = 0; index < body.length; ) {
    const char = String.fromCodePoint(body.codePointAt(index)!);
    index += char.length;
    if (char === '"' || char === "\n") return null;
    if (char !== "\\") {
      bytes.push(...encoder.encode(char));
      continue;
    }
    const kind = body[index++];
    if (kind === undefined) return null;
    if (UNSHORT[kind] !== undefined) bytes.push(UNSHORT[kind]);
    else if (HEX_LENGTH[kind]) {
      const digits = body.slice(index, index + HEX_LENGTH[kind]);
      if (digits.length < HEX_LENGTH[kind] || !/^[0-9a-fA-F]+$/.test(digits)) return null;
      index += digits.length;
      const code = Number.parseInt(digits, 16);
      if (kind === "x") bytes.push(code);
      else if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null;
      else bytes.push(...encoder.encode(String.fromCodePoint(code)));
    } else if (/[0-7]/.test(kind)) {
      const digits = body.slice(index - 1, index + 2);
      if (!/^[0-7]{3}$/.test(digits) || Number.parseInt(digits, 8) > 255) return null;
      index += 2;
      bytes.push(Number.parseInt(digits, 8));
    } else return null;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return null;
  }
}
