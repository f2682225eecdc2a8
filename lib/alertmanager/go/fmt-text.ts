import { type Bytes, decodeRune, encodeRune, RUNE_ERROR, runeCount } from "./bytes";
import { formatFloat } from "./float";
import { canBackquote, isPrintable, quoteBytes, quoteRune } from "./quote-bytes";

/** The flags, width and precision of one verb of `fmt`. */
export interface Spec {
  plus: boolean;
  minus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  plusV: boolean;
  sharpV: boolean;
  width: number | null;
  precision: number | null;
}

export const PLAIN: Spec = {
  ...{ plus: false, minus: false, sharp: false, space: false, zero: false, plusV: false, sharpV: false },
  ...{ width: null, precision: null },
};

export function pad(text: Bytes, spec: Spec): Bytes {
  if (spec.width === null) return text;
  const missing = spec.width - runeCount(text);
  if (missing <= 0) return text;
  if (spec.minus) return text + " ".repeat(missing);
  return (spec.zero ? "0" : " ").repeat(missing) + text;
}

function truncate(text: Bytes, spec: Spec): Bytes {
  if (spec.precision === null) return text;
  let at = 0;
  for (let count = 0; count < spec.precision && at < text.length; count++) at += decodeRune(text, at).width;
  return text.slice(0, at);
}

/** `%s` and `%v`. */
export function formatString(text: Bytes, spec: Spec): Bytes {
  return pad(truncate(text, spec), spec);
}

/** `%q`. */
export function formatQuoted(text: Bytes, spec: Spec): Bytes {
  const short = truncate(text, spec);
  if (spec.sharp && canBackquote(short)) return pad(`\`${short}\``, spec);
  return pad(quoteBytes(short, spec.plus), spec);
}

/** `%x` and `%X` of strings and bytes. */
export function formatHexText(text: Bytes, spec: Spec, upper: boolean): Bytes {
  const source = spec.precision === null ? text : text.slice(0, spec.precision);
  if (source === "") return pad("", { ...spec, zero: false });
  const pairs = Array.from(source, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0"));
  const prefix = spec.sharp ? "0x" : "";
  const hex = spec.space ? pairs.map((pair) => prefix + pair).join(" ") : prefix + pairs.join("");
  return pad(upper ? hex.toUpperCase() : hex, spec);
}

/** Integers in any base; `verb` is the letter that decides prefix and case. */
export function formatInteger(value: bigint, base: number, verb: string, spec: Spec): Bytes {
  const negative = value < 0n;
  const size = negative ? -value : value;
  let digitsWanted = 0;
  if (spec.precision !== null) {
    digitsWanted = spec.precision;
    if (digitsWanted === 0 && size === 0n) return " ".repeat(spec.width ?? 0);
  } else if (spec.zero && !spec.minus && spec.width !== null) {
    digitsWanted = spec.width - (negative || spec.plus || spec.space ? 1 : 0);
  }
  let text = size.toString(base);
  if (verb === "X") text = text.toUpperCase();
  text = text.padStart(digitsWanted, "0");
  if (spec.sharp) {
    if (base === 2) text = `0b${text}`;
    else if (base === 8) text = text.startsWith("0") ? text : `0${text}`;
    else if (base === 16) text = (verb === "X" ? "0X" : "0x") + text;
  }
  if (verb === "O") text = `0o${text}`;
  const sign = negative ? "-" : spec.plus ? "+" : spec.space ? " " : "";
  return pad(sign + text, { ...spec, zero: false });
}

/** An address: `0x…`, as `%p` and the pointers inside a `%v`. */
export function formatAddress(value: bigint, withPrefix: boolean, spec: Spec): Bytes {
  return formatInteger(value, 16, "x", { ...spec, sharp: withPrefix });
}

function runeOf(value: bigint): number {
  return value < 0n || value > 0x10ffffn ? RUNE_ERROR : Number(value);
}

/** `%c`. */
export function formatChar(value: bigint, spec: Spec): Bytes {
  return pad(encodeRune(runeOf(value)), spec);
}

/** `%q` of an integer. */
export function formatQuotedChar(value: bigint, spec: Spec): Bytes {
  return pad(quoteRune(runeOf(value), spec.plus), spec);
}

/** `%U`. */
export function formatUnicode(value: bigint, spec: Spec): Bytes {
  const size = BigInt.asUintN(64, value);
  const hex = size
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, spec.precision ?? 0), "0");
  const char = spec.sharp && size <= 0x10ffffn && isPrintable(Number(size)) ? ` '${encodeRune(Number(size))}'` : "";
  return pad(`U+${hex}${char}`, { ...spec, zero: false });
}

type FloatVerb = "e" | "E" | "f" | "g" | "G" | "x" | "X" | "b";

/** Floats; `precision` is what holds when the verb names none. */
export function formatFloatText(value: number, verb: FloatVerb, precision: number, spec: Spec): Bytes {
  const wanted = spec.precision ?? precision;
  const raw = formatFloat(value, verb, wanted);
  const signed = raw.startsWith("-") || raw.startsWith("+");
  let sign = signed ? raw[0]! : "+";
  let body = signed ? raw.slice(1) : raw;
  if (spec.space && sign === "+" && !spec.plus) sign = " ";
  if (body === "Inf" || body === "NaN") {
    // Infinity always shows its sign.
    return pad(body === "NaN" && !spec.space && !spec.plus ? body : sign + body, { ...spec, zero: false });
  }
  if (spec.sharp && verb !== "b") body = withPoint(body, verb, wanted);
  if (!spec.plus && sign === "+") return pad(body, spec);
  if (spec.zero && !spec.minus && spec.width !== null && spec.width > body.length + 1) {
    return sign + body.padStart(spec.width - 1, "0");
  }
  return pad(sign + body, spec);
}

/** What `#` does: always a decimal point, and no trailing zero of `%g` removed. */
function withPoint(body: string, verb: FloatVerb, precision: number): string {
  const cut = verb === "x" || verb === "X" ? body.search(/[pP]/) : body.search(/[eEpP]/);
  const number = cut < 0 ? body : body.slice(0, cut);
  const tail = cut < 0 ? "" : body.slice(cut);
  let missing = verb === "g" || verb === "G" || verb === "x" ? (precision === -1 ? 6 : precision) : 0;
  let seen = false;
  for (const char of number) {
    if (char === ".") continue;
    if (char !== "0") seen = true;
    if (seen) missing--;
  }
  let text = number;
  if (!number.includes(".")) {
    if (number === "0") missing--;
    text += ".";
  }
  return text + "0".repeat(Math.max(missing, 0)) + tail;
}
