import { ZONE_DATA } from "./zone-data";

/** A zone as Go's `time.Location`; `goString` is how `%#v` shows it. */
export interface Zone {
  name: string;
  goString: string;
  at(unixSeconds: number): ZoneOffset;
}

interface ZoneOffset {
  abbreviation: string;
  seconds: number;
  dst: boolean;
}

/** An instant of Go's `time.Time`: seconds since 1970 (negative before), nanoseconds in 0…999999999, and where it is shown. */
export interface GoTime {
  unix: number;
  nanosecond: number;
  zone: Zone;
}

/** The fields of a clock on the wall; `month` is 1…12, `weekday` 0 (Sunday) … 6, `yearDay` from 1. */
export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
  yearDay: number;
}

export const UTC: Zone = fixed("UTC", "time.UTC", { abbreviation: "UTC", seconds: 0, dst: false });
/** Alertmanager's process is taken to run in UTC. */
export const LOCAL: Zone = fixed("Local", "time.Local", { abbreviation: "UTC", seconds: 0, dst: false });

function fixed(name: string, goString: string, offset: ZoneOffset): Zone {
  return { name, goString, at: () => offset };
}

/** Go's `time.FixedZone`. */
export function fixedZone(name: string, seconds: number): Zone {
  return fixed(name, `time.Location(${JSON.stringify(name)})`, { abbreviation: name, seconds, dst: false });
}

const DAY = 86_400;
/** `0001-01-01T00:00:00Z` in seconds since 1970: Go's zero time. */
export const ZERO_UNIX = -62_135_596_800;
export const ZERO_TIME: GoTime = { unix: ZERO_UNIX, nanosecond: 0, zone: UTC };

/** Days since 1970-01-01 of a date in the proleptic Gregorian calendar; month and day may overflow. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = year + Math.floor((month - 1) / 12);
  const m = ((((month - 1) % 12) + 12) % 12) + 1;
  const shifted = m <= 2 ? y - 1 : y;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5);
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468 + day - 1;
}

/** What a wall clock shows at that many seconds since 1970 in UTC. */
export function civilFromUnix(unix: number): Civil {
  const days = Math.floor(unix / DAY);
  const rest = unix - days * DAY;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysFromCivil(year, 1, 1) + 1,
  };
}

/** The wall clock of an instant in its own zone. */
export function civilOf(time: GoTime): Civil {
  return civilFromUnix(time.unix + time.zone.at(time.unix).seconds);
}

/** Go's `time.Date`: the instant of a wall clock in a zone; fields may overflow. */
export function dateIn(
  zone: Zone,
  fields: {
    year: number;
    month: number;
    day: number;
    hour: number;
    minute: number;
    second: number;
    nanosecond: number;
  },
): GoTime {
  const { hour, minute, second, nanosecond } = fields;
  const carry = Math.floor(nanosecond / 1e9);
  const wall = daysFromCivil(fields.year, fields.month, fields.day) * DAY + hour * 3600 + minute * 60 + second + carry;
  // A clock that the change of an offset skips, or shows twice, is read by the offset that holds at the first guess.
  const guess = wall - zone.at(wall).seconds;
  return { unix: wall - zone.at(guess).seconds, nanosecond: nanosecond - carry * 1e9, zone };
}

/** Adds nanoseconds (Go's `Time.Add`). */
export function addNanoseconds(time: GoTime, nanoseconds: bigint): GoTime {
  const total = BigInt(time.nanosecond) + nanoseconds;
  const nanosecond = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  return { ...time, unix: time.unix + Number((total - nanosecond) / 1_000_000_000n), nanosecond: Number(nanosecond) };
}

/** Nanoseconds since 1970, exact. */
export function unixNanoseconds({ unix, nanosecond }: GoTime): bigint {
  return BigInt(unix) * 1_000_000_000n + BigInt(nanosecond);
}

let index: Map<string, string> | undefined;
const loaded = new Map<string, Zone>();

/** Go's `time.LoadLocation`; null for a name that Go does not know (`""` and `UTC` are UTC, case counts). */
export function loadZone(name: string): Zone | null {
  if (name === "" || name === "UTC") return UTC;
  if (name === "Local") return LOCAL;
  index ??= zoneIndex();
  const offsets = index.get(name);
  if (offsets === undefined) return null;
  let zone = loaded.get(name);
  if (!zone) {
    zone = namedZone(name, offsets);
    loaded.set(name, zone);
  }
  return zone;
}

/** Every name that `loadZone` knows but `Local`, in order. */
export function zoneNames(): string[] {
  index ??= zoneIndex();
  return [...new Set(["UTC", ...index.keys()])].sort();
}

function zoneIndex(): Map<string, string> {
  const zones = new Map<string, string>();
  for (const entry of ZONE_DATA.trim().split(/[;\n]/)) {
    const [offsets, names] = entry.split("|") as [string, string];
    for (const zone of names.split(" ")) zones.set(zone, offsets);
  }
  return zones;
}

/** Instants of one zone. */
const REMEMBERED = 4096;

function namedZone(name: string, data: string): Zone {
  const known = data.split(" ").map((entry): ZoneOffset => {
    const [, abbreviation = "", mark, seconds] = /^(.+?)([=*])(-?\d+)$/.exec(entry) ?? [];
    return { abbreviation, seconds: Number(seconds), dst: mark === "*" };
  });
  const byOffset = new Map(known.map((offset) => [offset.seconds, offset]));
  const only = known.length === 1 ? known[0]! : null;
  const goString = `time.Location(${JSON.stringify(name)})`;
  if (only) return { name, goString, at: () => only };
  // Made when first asked: a platform may know fewer names than there are, which is no reason to refuse one.
  let clock: Intl.DateTimeFormat | undefined;
  // The same midnights are asked for again and again, and the platform takes its time.
  const asked = new Map<number, ZoneOffset>();
  return {
    name,
    goString,
    at(unix) {
      const answer = asked.get(unix);
      if (answer) return answer;
      if (asked.size >= REMEMBERED) asked.clear();
      clock ??= new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
        timeZone: name,
        era: "short",
        hourCycle: "h23",
        ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
      });
      const seconds = offsetAt(clock, unix);
      const offset = byOffset.get(seconds) ?? { abbreviation: numericName(seconds), seconds, dst: false };
      asked.set(unix, offset);
      return offset;
    },
  };
}

function offsetAt(clock: Intl.DateTimeFormat, unix: number): number {
  // Beyond what Date can hold there is no rule to ask.
  const clamped = Math.max(-8.64e12, Math.min(8.64e12, unix));
  const parts: Record<string, string> = {};
  for (const { type, value } of clock.formatToParts(clamped * 1000)) parts[type] = value;
  const part = (type: string) => Number(parts[type] ?? 0);
  const year = /^B/.test(parts.era ?? "") ? 1 - part("year") : part("year");
  const wall = daysFromCivil(year, part("month"), part("day")) * DAY;
  return wall + part("hour") * 3600 + part("minute") * 60 + part("second") - clamped;
}

function numericName(seconds: number): string {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${seconds < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}${minutes % 60 ? pad(minutes % 60) : ""}`;
}
