/** Go's `strconv.FormatFloat(value, verb, precision, 64)`; precision -1 is the shortest text that reads back. */
export function formatFloat(
  value: number,
  verb: "e" | "E" | "f" | "g" | "G" | "x" | "X" | "b",
  precision: number,
): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const size = Math.abs(value);
  if (verb === "b") return sign + binary(size);
  if (verb === "x" || verb === "X") {
    const text = hexadecimal(size, precision);
    return sign + (verb === "X" ? text.toUpperCase() : text);
  }
  const lower = verb.toLowerCase();
  const text =
    lower === "e" ? exponential(size, precision) : lower === "f" ? plain(size, precision) : general(size, precision);
  return sign + (verb === lower ? text : text.toUpperCase());
}

/** Significant digits and decimal exponent: value = 0.DIGITS × 10^point. */
function digitsOf(size: number, count: number): { digits: string; point: number } {
  if (size === 0) return { digits: count > 0 ? "0".repeat(count) : "0", point: 1 };
  const [mantissa, exponent] = (count < 0 ? size.toExponential() : bigExponential(size, count - 1)).split("e") as [
    string,
    string,
  ];
  return { digits: mantissa.replace(".", ""), point: Number(exponent) + 1 };
}

/** toExponential with as many digits as one likes: the exact decimal expansion, rounded half to even as Go does. */
function bigExponential(size: number, decimals: number): string {
  const { digits, point } = exact(size);
  const count = decimals + 1;
  const rounded = roundDigits(digits, count);
  const shift = rounded.length > Math.max(count, 0) ? 1 : 0;
  const text = rounded.slice(0, count).padEnd(count, "0");
  return `${text[0]}${count > 1 ? `.${text.slice(1)}` : ""}e${point - 1 + shift}`;
}

/** All digits of a double: value = 0.DIGITS × 10^point. */
function exact(size: number): { digits: string; point: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const raw = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = raw === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = (raw === 0 ? 1 : raw) - 1075;
  const text = exponent >= 0 ? String(mantissa << BigInt(exponent)) : String(mantissa * 5n ** BigInt(-exponent));
  const point = text.length - (exponent >= 0 ? 0 : -exponent);
  return { digits: text.replace(/0+$/, "") || "0", point };
}

/** Keeps `count` digits, rounding half to even on the exact value; one digit more comes back on carry. */
function roundDigits(digits: string, count: number): string {
  if (count < 0) return "";
  if (digits.length <= count) return digits;
  const kept = digits.slice(0, count);
  const rest = digits.slice(count);
  const half = rest[0] === "5" && /^50*$/.test(rest);
  const up = half ? Number(kept.at(-1) ?? "0") % 2 === 1 : rest[0]! >= "5";
  if (!up) return kept;
  const raised = String(BigInt(kept || "0") + 1n).padStart(count, "0");
  return raised;
}

function exponential(size: number, precision: number): string {
  const { digits, point } = digitsOf(size, precision < 0 ? -1 : precision + 1);
  return scientific(digits, point);
}

function scientific(digits: string, point: number): string {
  const exponent = /^0*$/.test(digits) ? 0 : point - 1;
  const tail = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}e${exponent < 0 ? "-" : "+"}${tail}`;
}

function plain(size: number, precision: number): string {
  if (precision < 0) {
    const { digits, point } = digitsOf(size, -1);
    return placed(digits, point);
  }
  const { digits, point } = exact(size);
  const count = point + precision;
  const rounded = size === 0 || count < 0 ? "" : roundDigits(digits, count);
  const whole = (size === 0 ? "" : rounded.padEnd(Math.max(count, 0), "0")) || "";
  // Integer digits of value × 10^precision.
  const scaled = (size === 0 || (rounded === "" && count <= 0) ? "0" : whole).padStart(precision + 1, "0");
  const split = scaled.length - precision;
  return scaled.slice(0, split) + (precision > 0 ? `.${scaled.slice(split)}` : "");
}

function placed(digits: string, point: number): string {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (digits.length <= point) return digits.padEnd(point, "0");
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function general(size: number, precision: number): string {
  const shortest = precision < 0;
  const count = shortest ? -1 : Math.max(precision, 1);
  const { digits: all, point } = digitsOf(size, count);
  const digits = all.replace(/0+$/, "") || "0";
  let limit = shortest ? 6 : count;
  if (!shortest && limit > digits.length && digits.length >= point) limit = digits.length;
  if (shortest) limit = 6;
  const exponent = size === 0 ? 0 : point - 1;
  if (exponent < -4 || exponent >= limit) return scientific(digits, point);
  return placed(digits, size === 0 ? 1 : point);
}

function parts(size: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const raw = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return raw === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | 0x10000000000000n, exponent: raw - 1075 };
}

function binary(size: number): string {
  const { mantissa, exponent } = parts(size);
  return `${mantissa}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
}

function hexadecimal(size: number, precision: number): string {
  let { mantissa, exponent } = parts(size);
  if (mantissa === 0n) return `0x0${precision > 0 ? `.${"0".repeat(precision)}` : ""}p+00`;
  while (mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent--;
  }
  exponent += 52;
  if (precision >= 0 && precision < 13) {
    const drop = BigInt(52 - precision * 4);
    const half = 1n << (drop - 1n);
    const rest = mantissa & ((1n << drop) - 1n);
    let kept = mantissa >> drop;
    if (rest > half || (rest === half && kept % 2n === 1n)) kept++;
    mantissa = kept << drop;
    if (mantissa >= 1n << 53n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const fraction = (mantissa & ((1n << 52n) - 1n)).toString(16).padStart(13, "0");
  const digits = precision < 0 ? fraction.replace(/0+$/, "") : fraction.slice(0, precision).padEnd(precision, "0");
  const tail = String(Math.abs(exponent)).padStart(2, "0");
  return `0x1${digits ? `.${digits}` : ""}p${exponent < 0 ? "-" : "+"}${tail}`;
}
