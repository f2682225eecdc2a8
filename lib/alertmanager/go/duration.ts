import { goQuote } from "./quote";

/** Milliseconds, or upstream's text of what is wrong. */
export type DurationResult = { ok: true; ms: number } | { ok: false; error: string };

const UNITS: Record<string, { order: number; ms: number }> = {
  y: { order: 1, ms: 31_536_000_000 },
  w: { order: 2, ms: 604_800_000 },
  d: { order: 3, ms: 86_400_000 },
  h: { order: 4, ms: 3_600_000 },
  m: { order: 5, ms: 60_000 },
  s: { order: 6, ms: 1000 },
  ms: { order: 7, ms: 1 },
};
/** 2^63 nanoseconds, about 292 years. */
const LIMIT_MS = 9_223_372_036_854;
const OUT_OF_RANGE: DurationResult = { ok: false, error: "duration out of range" };

/** Reads a `model.Duration` (`5m`, `1d12h`, `0`) as Prometheus does. */
export function checkDuration(text: string): DurationResult {
  if (text === "0") return { ok: true, ms: 0 };
  if (text === "") return { ok: false, error: "empty duration string" };
  const invalid: DurationResult = { ok: false, error: `not a valid duration string: ${goQuote(text)}` };
  let rest = text;
  let total = 0;
  let last = 0;
  while (rest) {
    const [part, digits, unitName] = /^([0-9]+)([^0-9]*)/.exec(rest) ?? [];
    if (!part || !unitName || BigInt(digits!) > 18446744073709551615n) return invalid;
    rest = rest.slice(part.length);
    const unit = Object.hasOwn(UNITS, unitName) ? UNITS[unitName] : undefined;
    if (!unit) return { ok: false, error: `unknown unit ${goQuote(unitName)} in duration ${goQuote(text)}` };
    if (unit.order <= last) return invalid;
    last = unit.order;
    total += Number(digits) * unit.ms;
    if (total > LIMIT_MS) return OUT_OF_RANGE;
  }
  return { ok: true, ms: total };
}

/** Writes milliseconds as a `model.Duration`: `90000` is `1m30s`; years and weeks only without remainder. */
export function printDuration(ms: number): string {
  if (ms === 0) return "0s";
  let rest = ms;
  let text = "";
  for (const [name, unit] of Object.entries(UNITS)) {
    if (unit.order <= 2 && rest % unit.ms !== 0) continue;
    const count = Math.floor(rest / unit.ms);
    if (count > 0) text += `${count}${name}`;
    rest -= count * unit.ms;
  }
  return text;
}

const GO_UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Reads a `time.Duration` (`5s`, `1.5h`, `-2m`) as Go's `time.ParseDuration`. */
export function checkGoDuration(text: string): DurationResult {
  const invalid: DurationResult = { ok: false, error: `time: invalid duration ${goQuote(text)}` };
  const negative = text.startsWith("-");
  let rest = text.replace(/^[-+]/, "");
  if (rest === "0") return { ok: true, ms: 0 };
  if (rest === "") return invalid;
  let total = 0;
  while (rest) {
    const number = /^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)/.exec(rest)?.[0];
    if (number === undefined) return invalid;
    rest = rest.slice(number.length);
    const unitName = /^[^.0-9]*/.exec(rest)![0];
    if (unitName === "") return { ok: false, error: `time: missing unit in duration ${goQuote(text)}` };
    rest = rest.slice(unitName.length);
    const unit = Object.hasOwn(GO_UNITS, unitName) ? GO_UNITS[unitName] : undefined;
    if (unit === undefined) {
      return { ok: false, error: `time: unknown unit ${goQuote(unitName)} in duration ${goQuote(text)}` };
    }
    total += Number(number) * unit;
    if (total > LIMIT_MS) return invalid;
  }
  return { ok: true, ms: negative ? -total : total };
}

/** Writes nanoseconds as `time.Duration` prints them: `1m30s`, `1.5s`, `100ns`, `0s`. */
export function printGoDuration(nanoseconds: number): string {
  if (nanoseconds === 0) return "0s";
  const sign = nanoseconds < 0 ? "-" : "";
  let rest = BigInt(Math.abs(Math.trunc(nanoseconds)));
  if (rest < 1_000n) return `${sign}${rest}ns`;
  if (rest < 1_000_000n) return `${sign}${fraction(rest, 3)}µs`;
  if (rest < 1_000_000_000n) return `${sign}${fraction(rest, 6)}ms`;
  const hours = rest / 3_600_000_000_000n;
  rest %= 3_600_000_000_000n;
  const minutes = rest / 60_000_000_000n;
  const seconds = `${fraction(rest % 60_000_000_000n, 9)}s`;
  if (hours > 0n) return `${sign}${hours}h${minutes}m${seconds}`;
  return minutes > 0n ? `${sign}${minutes}m${seconds}` : sign + seconds;
}

function fraction(value: bigint, digits: number): string {
  const unit = 10n ** BigInt(digits);
  const rest = String(value % unit)
    .padStart(digits, "0")
    .replace(/0+$/, "");
  return rest === "" ? String(value / unit) : `${value / unit}.${rest}`;
}
