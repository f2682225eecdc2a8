import type { Bytes } from "./bytes";
import { civilOf, type GoTime } from "./time";
import { type LayoutField, parseLayout } from "./time-layout";

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
export const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** Writes an instant by a Go layout (`2006-01-02 15:04`), as `time.Time.Format`. */
export function formatTime(time: GoTime, layout: Bytes): Bytes {
  const civil = civilOf(time);
  const zone = time.zone.at(time.unix);
  const pad = (value: number, width: number, fill = "0") =>
    (value < 0 ? "-" : "") + String(Math.abs(value)).padStart(width, fill);
  const hour12 = civil.hour % 12 === 0 ? 12 : civil.hour % 12;
  const fields: Partial<Record<LayoutField, () => string>> = {
    longYear: () => pad(civil.year, 4),
    year: () => pad(((civil.year % 100) + 100) % 100, 2),
    longMonth: () => MONTHS[civil.month - 1]!,
    month: () => MONTHS[civil.month - 1]!.slice(0, 3),
    numMonth: () => String(civil.month),
    zeroMonth: () => pad(civil.month, 2),
    longWeekday: () => WEEKDAYS[civil.weekday]!,
    weekday: () => WEEKDAYS[civil.weekday]!.slice(0, 3),
    day: () => String(civil.day),
    underDay: () => pad(civil.day, 2, " "),
    zeroDay: () => pad(civil.day, 2),
    underYearDay: () => pad(civil.yearDay, 3, " "),
    zeroYearDay: () => pad(civil.yearDay, 3),
    hour: () => pad(civil.hour, 2),
    hour12: () => String(hour12),
    zeroHour12: () => pad(hour12, 2),
    minute: () => String(civil.minute),
    zeroMinute: () => pad(civil.minute, 2),
    second: () => String(civil.second),
    zeroSecond: () => pad(civil.second, 2),
    upperHalf: () => (civil.hour >= 12 ? "PM" : "AM"),
    lowerHalf: () => (civil.hour >= 12 ? "pm" : "am"),
    zoneName: () => zone.abbreviation || offsetText(zone.seconds, "zone"),
  };
  let text = "";
  for (const part of parseLayout(layout)) {
    if ("literal" in part) text += part.literal;
    else if (part.field === "fraction0")
      text += part.separator + fraction(time).slice(0, part.digits).padEnd(part.digits, "0");
    else if (part.field === "fraction9") {
      const digits = fraction(time).slice(0, part.digits).replace(/0+$/, "");
      text += digits ? part.separator + digits : "";
    } else text += fields[part.field]?.() ?? offsetText(zone.seconds, part.field);
  }
  return text;
}

function fraction({ nanosecond }: GoTime): string {
  return String(nanosecond).padStart(9, "0");
}

function offsetText(seconds: number, field: LayoutField): string {
  if (field.startsWith("iso") && seconds === 0) return "Z";
  const pad = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(seconds);
  // Go takes the sign from whole minutes.
  const sign = Math.trunc(seconds / 60) < 0 ? "-" : "+";
  const hours = sign + pad(Math.floor(size / 3600));
  const colon = /olon/.test(field) ? ":" : "";
  if (/short/i.test(field)) return hours;
  const minutes = hours + colon + pad(Math.floor(size / 60) % 60);
  return /seconds/i.test(field) ? minutes + colon + pad(size % 60) : minutes;
}

/** Go's `time.Time.String`. */
export function timeString(time: GoTime): string {
  return formatTime(time, "2006-01-02 15:04:05.999999999 -0700 MST");
}

/** RFC 3339 with the nanoseconds that are there, as in JSON; null where Go refuses (a year outside 0…9999 or an odd offset). */
export function timeJson(time: GoTime): { ok: true; text: string } | { ok: false; error: string } {
  const { year } = civilOf(time);
  if (year < 0 || year > 9999) return { ok: false, error: "year outside of range [0,9999]" };
  if (Math.abs(time.zone.at(time.unix).seconds) >= 86_400) {
    return { ok: false, error: "timezone hour outside of range [0,23]" };
  }
  return { ok: true, text: formatTime(time, "2006-01-02T15:04:05.999999999Z07:00") };
}

/** How `%#v` shows a time. */
export function timeGoString(time: GoTime): string {
  const { year, month, day, hour, minute, second } = civilOf(time);

  return `time.Date(${year}, time.${MONTHS[month - 1]}, ${day}, ${hour}, ${minute}, ${second}, ${time.nanosecond}, ${time.zone.goString})`;
}

/** Go's `time.Duration.String` of nanoseconds: `1h2m3.5s`, `1.5µs`, `0s`. */
export function durationString(nanoseconds: bigint): Bytes {
  if (nanoseconds === 0n) return "0s";
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const sign = nanoseconds < 0n ? "-" : "";
  const decimal = (value: bigint, digits: number) => {
    const unit = 10n ** BigInt(digits);
    const rest = String(value % unit)
      .padStart(digits, "0")
      .replace(/0+$/, "");
    return `${value / unit}${rest && digits ? `.${rest}` : ""}`;
  };
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 3)}\xc2\xb5s`;
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 6)}ms`;
  const minutes = size / 60_000_000_000n;
  const seconds = `${decimal(size % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return sign + seconds;
  if (minutes < 60n) return `${sign}${minutes}m${seconds}`;
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}
