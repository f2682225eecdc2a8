import type { Bytes } from "./bytes";

const UINT = /^(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?[0-9])*)$/;
const FLOAT =
  /^[+-]?(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?$/;
const HEX_FLOAT = /^([+-]?)0[xX]((?:_?[0-9a-fA-F])*)\.?((?:_?[0-9a-fA-F])*)[pP]([+-]?[0-9]+)$/;
const MAX_UINT64 = (1n << 64n) - 1n;

/** Go's `strconv.ParseUint(text, 0, 64)`: base prefixes and underscores as in Go source; null for an error. */
export function parseUint(text: Bytes): bigint | null {
  if (!UINT.test(text)) return null;
  const plain = text.replaceAll("_", "");
  const value = BigInt(/^0[0-7]+$/.test(plain) ? `0o${plain}` : plain.toLowerCase());
  return value > MAX_UINT64 ? null : value;
}

/** Go's `strconv.ParseInt(text, 0, 64)`; null for an error. */
export function parseInt64(text: Bytes): bigint | null {
  const size = parseUint(text.replace(/^[+-]/, ""));
  if (size === null) return null;
  const value = text.startsWith("-") ? -size : size;
  return value === BigInt.asIntN(64, value) ? value : null;
}

/** Go's `strconv.ParseFloat(text, 64)`; the error is the inner one (`invalid syntax`, `value out of range`). */
export function parseFloat64(text: Bytes): { ok: true; value: number } | { ok: false; error: string; value: number } {
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special) {
    const notANumber = special[2]!.toLowerCase() === "nan";
    if (notANumber && special[1]) return { ok: false, error: "invalid syntax", value: 0 };
    const value = notANumber ? Number.NaN : special[1] === "-" ? -Infinity : Infinity;
    return { ok: true, value };
  }
  const hex = HEX_FLOAT.exec(text);
  let value: number;
  if (hex && (hex[2] || hex[3])) {
    const [, sign, whole = "", fraction = "", exponent] = hex;
    const digits = `${whole}${fraction}`.replaceAll("_", "");
    const power = Number(exponent) - 4 * fraction.replaceAll("_", "").length;
    value = Number(BigInt(`0x${digits || "0"}`)) * 2 ** power * (sign === "-" ? -1 : 1);
  } else if (FLOAT.test(text) && !text.includes("_")) value = Number(text);
  else return { ok: false, error: "invalid syntax", value: 0 };
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, error: "value out of range", value };
}
