import { type Bytes, toBytes } from "../go/bytes";
import { formatFloatText, PLAIN } from "../go/fmt-text";
import { parseFloat64 } from "../go/number";
import { quoteBytes } from "../go/quote-bytes";
import { GoError, type Value } from "../go/value";

const PREFIXES = ["", "m", "u", "n", "p", "f", "a", "z", "y"];

/** Seconds (number, numeric text or duration) in words: `1d 2h 3m 4s`, below a second `1.5ms`. */
export function humanizeDuration(value: Value): Bytes {
  const seconds = secondsOf(value);
  const short = (amount: number) => formatFloatText(amount, "g", 4, PLAIN);
  if (!Number.isFinite(seconds)) return short(seconds);
  if (seconds === 0) return `${short(seconds)}s`;
  const sign = seconds < 0 ? "-" : "";
  const size = Math.abs(seconds);
  if (size < 1) {
    let scaled = seconds;
    let prefix = 0;
    while (Math.abs(scaled) < 1 && prefix < PREFIXES.length - 1) {
      scaled *= 1000;
      prefix++;
    }
    return `${short(scaled)}${PREFIXES[prefix]}s`;
  }
  const whole = BigInt(Math.trunc(size));
  const rest = whole % 60n;
  const [minutes, hours, days] = [(whole / 60n) % 60n, (whole / 3600n) % 24n, whole / 86_400n];
  if (days > 0n) return `${sign}${days}d ${hours}h ${minutes}m ${rest}s`;
  if (hours > 0n) return `${sign}${hours}h ${minutes}m ${rest}s`;
  if (minutes > 0n) return `${sign}${minutes}m ${rest}s`;
  return `${sign}${short(size)}s`;
}

function secondsOf(value: Value): number {
  const name = value?.type.name ?? "<nil>";
  if (name === "time.Duration") {
    const nanoseconds = value!.data as bigint;
    return Number(nanoseconds / 1_000_000_000n) + Number(nanoseconds % 1_000_000_000n) / 1e9;
  }
  if (name === "float64") return value!.data as number;
  if (name === "int" || name === "int64" || name === "uint64") return Number(value!.data);
  if (name === "string") {
    const text = value!.data as Bytes;
    const parsed = parseFloat64(text);
    if (!parsed.ok) throw new GoError(`strconv.ParseFloat: parsing ${quoteBytes(text)}: ${parsed.error}`);
    return parsed.value;
  }
  throw new GoError(toBytes(`can't convert ${name} to float`));
}
