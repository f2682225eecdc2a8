import type { Bytes } from "./bytes";
import { dateIn, daysFromCivil, fixedZone, type GoTime, LOCAL, UTC, type Zone } from "./time";
import { MONTHS, WEEKDAYS } from "./time-format";
import { type LayoutField, type LayoutPart, parseLayout } from "./time-layout";

/** A time, or Go's `*time.ParseError` text. */
export type ParsedTime = { ok: true; time: GoTime } | { ok: false; error: Bytes };

interface Fields {
  year: number;
  month: number;
  day: number;
  yearDay: number;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  pm: boolean | null;
  offset: number | null;
  zoneName: string;
  utc: boolean;
}

class Mismatch extends Error {}
class OutOfRange extends Error {}

const SPELLING: Partial<Record<LayoutField, string>> = {
  longYear: "2006",
  year: "06",
  longMonth: "January",
  month: "Jan",
  numMonth: "1",
  zeroMonth: "01",
  longWeekday: "Monday",
  weekday: "Mon",
  day: "2",
  underDay: "_2",
  zeroDay: "02",
  underYearDay: "__2",
  zeroYearDay: "002",
  hour: "15",
  hour12: "3",
  zeroHour12: "03",
  minute: "4",
  zeroMinute: "04",
  second: "5",
  zeroSecond: "05",
  upperHalf: "PM",
  lowerHalf: "pm",
  zoneName: "MST",
  isoZone: "Z0700",
  isoSecondsZone: "Z070000",
  isoShortZone: "Z07",
  isoColonZone: "Z07:00",
  isoColonSecondsZone: "Z07:00:00",
  zone: "-0700",
  secondsZone: "-070000",
  shortZone: "-07",
  colonZone: "-07:00",
  colonSecondsZone: "-07:00:00",
};

/** How package time quotes: every byte that is no printable ASCII by its number. */
function quote(text: Bytes): Bytes {
  const escaped = text.replace(/["\\]|[^\x20-\x7f]/g, (char) =>
    char === '"' || char === "\\" ? `\\${char}` : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `"${escaped}"`;
}

/** Reads a time by a Go layout, as `time.ParseInLocation(layout, value, zone)`; the error is Go's text. */
export function parseTime(layout: Bytes, value: Bytes, zone: Zone = UTC): ParsedTime {
  const parts = parseLayout(layout);
  const fields: Fields = {
    ...{ year: 0, month: 0, day: -1, yearDay: 0, hour: 0, minute: 0, second: 0, nanosecond: 0 },
    ...{ pm: null, offset: null, zoneName: "", utc: false },
  };
  let rest = value;
  const failure = (element: string, problem?: string): ParsedTime => {
    const [wanted, given] = [quote(layout), quote(value)];
    if (problem) return { ok: false, error: `parsing time ${given}: ${problem}` };
    const cannot = `cannot parse ${quote(rest)} as ${quote(element)}`;
    return { ok: false, error: `parsing time ${given} as ${wanted}: ${cannot}` };
  };
  for (const [at, part] of parts.entries()) {
    if ("literal" in part) {
      const skipped = skipLiteral(rest, part.literal);
      if (!skipped.ok) {
        rest = skipped.rest;
        return failure(skipped.literal);
      }
      rest = skipped.rest;
      continue;
    }
    const spelling = spellingOf(part);
    try {
      rest = readField(part, rest, fields, parts[at + 1]);
    } catch (error) {
      if (error instanceof Mismatch) return failure(spelling);
      if (error instanceof OutOfRange) return failure("", `${error.message} out of range`);
      throw error;
    }
  }
  if (rest !== "") return failure("", `extra text: ${quote(rest)}`);
  if (fields.pm === true && fields.hour < 12) fields.hour += 12;
  else if (fields.pm === false && fields.hour === 12) fields.hour = 0;
  const problem = settleDay(fields);
  return problem ? failure("", problem) : { ok: true, time: placeIn(fields, zone) };
}

function spellingOf(part: LayoutPart): string {
  if ("literal" in part) return part.literal;
  if (part.field === "fraction0") return part.separator + "0".repeat(part.digits);
  if (part.field === "fraction9") return part.separator + "9".repeat(part.digits);
  return SPELLING[part.field] ?? "";
}

/** Runs of spaces match runs of spaces. */
function skipLiteral(
  value: Bytes,
  literal: Bytes,
): { ok: true; rest: Bytes } | { ok: false; literal: Bytes; rest: Bytes } {
  let [rest, wanted] = [value, literal];
  while (wanted) {
    if (wanted[0] === " ") {
      if (rest !== "" && rest[0] !== " ") return { ok: false, literal, rest };
      wanted = wanted.replace(/^ +/, "");
      rest = rest.replace(/^ +/, "");
      continue;
    }
    if (rest === "" || rest[0] !== wanted[0]) return { ok: false, literal, rest };
    wanted = wanted.slice(1);
    rest = rest.slice(1);
  }
  return { ok: true, rest };
}

function take(rest: Bytes, pattern: RegExp): [match: string, rest: Bytes] {
  const match = pattern.exec(rest)?.[0];
  if (match === undefined) throw new Mismatch();
  return [match, rest.slice(match.length)];
}

function within(value: number, low: number, high: number, name: string): number {
  if (value < low || value > high) throw new OutOfRange(name);
  return value;
}

function readField(
  part: Exclude<LayoutPart, { literal: string }>,
  text: Bytes,
  fields: Fields,
  next: LayoutPart | undefined,
): Bytes {
  const { field } = part;
  const number = (pattern: RegExp, source = text): [number, Bytes] => {
    const [digits, rest] = take(source, pattern);
    return [Number(digits), rest];
  };
  let rest = text;
  switch (field) {
    case "year": {
      const [year, after] = number(/^\d\d/);
      fields.year = year >= 69 ? year + 1900 : year + 2000;
      return after;
    }
    case "longYear":
      [fields.year, rest] = number(/^\d{4}/);
      return rest;
    case "month":
    case "longMonth": {
      const names = MONTHS.map((name) => (field === "month" ? name.slice(0, 3) : name));
      const found = lookup(names, text);
      fields.month = found + 1;
      return text.slice(names[found]!.length);
    }
    case "numMonth":
    case "zeroMonth":
      [fields.month, rest] = number(field === "zeroMonth" ? /^\d\d/ : /^\d\d?/);
      within(fields.month, 1, 12, "month");
      return rest;
    case "weekday":
    case "longWeekday": {
      const names = WEEKDAYS.map((name) => (field === "weekday" ? name.slice(0, 3) : name));
      return text.slice(names[lookup(names, text)]!.length);
    }
    case "day":
    case "underDay":
    case "zeroDay": {
      const source = field === "underDay" && text[0] === " " ? text.slice(1) : text;
      [fields.day, rest] = number(field === "zeroDay" ? /^\d\d/ : /^\d\d?/, source);
      return rest;
    }
    case "underYearDay":
    case "zeroYearDay": {
      const source = field === "underYearDay" ? text.slice(/^ {0,2}/.exec(text)![0].length) : text;
      [fields.yearDay, rest] = number(field === "zeroYearDay" ? /^\d{3}/ : /^\d{1,3}/, source);
      return rest;
    }
    case "hour":
      [fields.hour, rest] = number(/^\d\d?/);
      within(fields.hour, 0, 23, "hour");
      return rest;
    case "hour12":
    case "zeroHour12":
      [fields.hour, rest] = number(field === "zeroHour12" ? /^\d\d/ : /^\d\d?/);
      within(fields.hour, 0, 12, "hour");
      return rest;
    case "minute":
    case "zeroMinute":
      [fields.minute, rest] = number(field === "zeroMinute" ? /^\d\d/ : /^\d\d?/);
      within(fields.minute, 0, 59, "minute");
      return rest;
    case "second":
    case "zeroSecond": {
      [fields.second, rest] = number(field === "zeroSecond" ? /^\d\d/ : /^\d\d?/);
      within(fields.second, 0, 59, "second");
      // A fraction may follow although the layout has none.
      const fraction = /^[.,]\d+/.exec(rest)?.[0];
      if (fraction && !(next && "field" in next && next.field.startsWith("fraction"))) {
        fields.nanosecond = nanoseconds(fraction);
        rest = rest.slice(fraction.length);
      }
      return rest;
    }
    case "upperHalf":
    case "lowerHalf": {
      const [half, after] = take(text, field === "upperHalf" ? /^[AP]M/ : /^[ap]m/);
      fields.pm = half.toLowerCase() === "pm";
      return after;
    }
    case "fraction0": {
      const [fraction, after] = take(text, new RegExp(`^[.,]\\d{${part.digits}}`));
      fields.nanosecond = nanoseconds(fraction);
      return after;
    }
    case "fraction9": {
      const fraction = /^[.,]\d+/.exec(text)?.[0];
      if (!fraction) return text;
      fields.nanosecond = nanoseconds(fraction);
      return text.slice(fraction.length);
    }
    case "zoneName":
      return readZoneName(text, fields);
    default:
      return readOffset(field, text, fields);
  }
}

function lookup(names: readonly string[], text: Bytes): number {
  const found = names.findIndex((name) => text.slice(0, name.length).toLowerCase() === name.toLowerCase());
  if (found < 0) throw new Mismatch();
  return found;
}

function nanoseconds(fraction: string): number {
  return Number(fraction.slice(1, 10).padEnd(9, "0"));
}

function readOffset(field: LayoutField, text: Bytes, fields: Fields): Bytes {
  if (field.startsWith("iso") && text[0] === "Z") {
    fields.utc = true;
    return text.slice(1);
  }
  const colon = /olon/.test(field) ? ":" : "";
  const seconds = /seconds/i.test(field);
  const pattern = /short/i.test(field)
    ? /^[+-](\d\d)/
    : new RegExp(`^[+-](\\d\\d)${colon}(\\d\\d)${seconds ? `${colon}(\\d\\d)` : ""}`);
  const match = pattern.exec(text);
  if (!match) throw new Mismatch();
  const [hours, minutes, rest] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
  within(hours, 0, 24, "time zone offset hour");
  within(minutes, 0, 60, "time zone offset minute");
  within(rest, 0, 60, "time zone offset second");
  const size = hours * 3600 + minutes * 60 + rest;
  fields.offset = text[0] === "-" ? -size : size;
  return text.slice(match[0].length);
}

function readZoneName(text: Bytes, fields: Fields): Bytes {
  if (text.startsWith("UTC")) {
    fields.utc = true;
    return text.slice(3);
  }
  const name =
    /^(?:ChST|MeST|WITA)/.exec(text)?.[0] ??
    /^GMT(?:[+-]\d{1,2})?/.exec(text)?.[0] ??
    /^[+-]\d\d(?:\d\d)?/.exec(text)?.[0] ??
    /^[A-Z]{3,5}(?![A-Z])/.exec(text)?.[0];
  if (
    !name ||
    (name.length === 5 && !name.endsWith("T")) ||
    (name.length === 4 && !/T$|^WITA$|^[+-]|^GMT/.test(name))
  ) {
    throw new Mismatch();
  }
  fields.zoneName = name;
  return text.slice(name.length);
}

function settleDay(fields: Fields): string | null {
  const leap = (fields.year % 4 === 0 && fields.year % 100 !== 0) || fields.year % 400 === 0;
  if (fields.yearDay > 0) {
    if (fields.yearDay > (leap ? 366 : 365)) return "day-of-year out of range";
    const start = daysFromCivil(fields.year, 1, 1);
    let month = 12;
    while (daysFromCivil(fields.year, month, 1) - start >= fields.yearDay) month--;
    const day = fields.yearDay - (daysFromCivil(fields.year, month, 1) - start);
    if (fields.month > 0 && fields.month !== month) return "day-of-year does not match month";
    if (fields.day > 0 && fields.day !== day) return "day-of-year does not match day";
    [fields.month, fields.day] = [month, day];
    return null;
  }
  fields.month ||= 1;
  const length = daysFromCivil(fields.year, fields.month + 1, 1) - daysFromCivil(fields.year, fields.month, 1);
  if (fields.day < 0) fields.day = 1;
  return fields.day < 1 || fields.day > length ? "day out of range" : null;
}

function placeIn(fields: Fields, zone: Zone): GoTime {
  if (fields.utc) return dateIn(UTC, fields);
  if (fields.offset !== null) {
    const time = dateIn(UTC, fields);
    const unix = time.unix - fields.offset;
    const here = zone.at(unix);
    if (here.seconds === fields.offset && (fields.zoneName === "" || here.abbreviation === fields.zoneName)) {
      return { ...time, unix, zone };
    }
    return { ...time, unix, zone: fixedZone(fields.zoneName, fields.offset) };
  }
  if (fields.zoneName !== "") {
    const time = dateIn(UTC, fields);
    if (zone.at(time.unix).abbreviation === fields.zoneName) return { ...time, zone };
    const hours = /^GMT([+-]\d{1,2})$/.exec(fields.zoneName)?.[1];
    const offset = hours ? Number(hours) * 3600 : 0;
    return { ...time, unix: time.unix - offset, zone: fixedZone(fields.zoneName, offset) };
  }
  return dateIn(zone, fields);
}

const UTC_TIME = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d+)?Z$/;

/** A time as `encoding/json` reads it in a process that runs in UTC; null where Go refuses. */
export function parseJsonTime(text: Bytes): GoTime | null {
  const plain = UTC_TIME.exec(text);
  if (plain) {
    const [year, month, day, hour, minute, second] = plain.slice(1, 7).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    if (month >= 1 && month <= 12 && day >= 1 && day <= 28) {
      const nanosecond = plain[7] ? nanoseconds(plain[7]) : 0;
      return dateIn(UTC, { year, month, day, hour, minute, second, nanosecond });
    }
  }
  const parsed = parseTime("2006-01-02T15:04:05Z07:00", text, LOCAL);
  return parsed.ok ? parsed.time : null;
}
