import type { JsonObject, TimeInterval } from "../config/types";
import { civilFromUnix, civilOf, dateIn, type GoTime, loadZone, UTC, type Zone } from "../go/time";
import { isObject, items, textOf } from "../validation/context";
import { timeIntervalItemProblems } from "./check";
import { type Range, type RangeKey, readRange } from "./ranges";

/** One item, read: `null` where the item says nothing, so that everything fits. */
export interface TimeIntervalItem {
  zone: Zone;
  /** Minutes of the day; `end` does not belong to it. */
  times: readonly Range[] | null;
  weekdays: readonly Range[] | null;
  days_of_month: readonly Range[] | null;
  months: readonly Range[] | null;
  years: readonly Range[] | null;
}

/**
 * Whether a time interval contains an instant, as Alertmanager up to 0.34 decides it. `instant` is in milliseconds
 * since 1970 (UTC). Items are ORed, the fields of an item ANDed, the ranges of a field ORed; a field that is absent
 * always fits, an empty list never. Clocks are those of the item's `location`, UTC without one, and `Local` is UTC too.
 * A month counts as many days as its hours fill, so that one which loses an hour to summer time is a day short
 * (upstream's defect). An item that `validateConfig` refuses contains nothing.
 * @throws RangeError when the platform has no rules for a zone that exists (its tz database is older than the name).
 */
export function containsInstant(interval: Pick<TimeInterval, "time_intervals">, instant: number): boolean {
  const unix = Math.floor(instant / 1000);
  return items(interval.time_intervals).some((written) => {
    const item = timeIntervalItem(written);
    return item !== null && contains(item, unix);
  });
}

const known = new WeakMap<JsonObject, { item: TimeIntervalItem | null }>();
const ALWAYS: TimeIntervalItem = {
  zone: UTC,
  times: null,
  weekdays: null,
  days_of_month: null,
  months: null,
  years: null,
};

/** An item, read; `null` for one that `validateConfig` refuses. Remembered by identity. */
export function timeIntervalItem(written: unknown): TimeIntervalItem | null {
  if (!isObject(written)) return written === null ? ALWAYS : null;
  let read = known.get(written);
  if (!read) {
    read = { item: readItem(written) };
    known.set(written, read);
  }
  return read.item;
}

function readItem(written: JsonObject): TimeIntervalItem | null {
  if (timeIntervalItemProblems(written).some(({ severity }) => severity !== "warning")) return null;
  const ranges = (key: RangeKey) =>
    Array.isArray(written[key]) ? written[key].map((text) => rangeOf(key, text)) : null;
  return {
    zone: loadZone(textOf(written.location)) ?? UTC,
    times: Array.isArray(written.times) ? written.times.map(minutesOf) : null,
    weekdays: ranges("weekdays"),
    days_of_month: ranges("days_of_month"),
    months: ranges("months"),
    years: ranges("years"),
  };
}

/** What Go holds where nothing is written: of the weekdays that is Sunday, of the others nothing. */
const ZERO: Range = { begin: 0, end: 0 };

function rangeOf(key: RangeKey, text: unknown): Range {
  return text === null ? ZERO : (readRange(key, textOf(text)).range ?? ZERO);
}

function minutesOf(range: unknown): Range {
  if (!isObject(range)) return ZERO;
  return { begin: minuteOf(textOf(range.start_time)), end: minuteOf(textOf(range.end_time)) };
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** An instant as the clocks of a place show it. */
export interface CivilInstant {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  /** From 0, which is Sunday. */
  weekday: number;
  /** Of the day. */
  minute: number;
  daysOfMonth(): number;
}

function contains(item: TimeIntervalItem, unix: number): boolean {
  const { zone } = item;
  const { year, month, day, weekday, hour, minute } = civilFromUnix(unix + zone.at(unix).seconds);
  const days = () => daysOfMonth(year, month, zone);
  return containsCivil(item, { year, month, day, weekday, minute: hour * 60 + minute, daysOfMonth: days });
}

/** Whether an item contains what the clocks of its zone show. */
export function containsCivil(
  { times, weekdays, days_of_month, months, years }: TimeIntervalItem,
  { year, month, day, weekday, minute, daysOfMonth }: CivilInstant,
): boolean {
  const within = (ranges: readonly Range[] | null, value: number) =>
    ranges === null || ranges.some(({ begin, end }) => begin <= value && value <= end);
  return (
    (times === null || times.some(({ begin, end }) => begin <= minute && minute < end)) &&
    within(weekdays, weekday) &&
    within(months, month) &&
    within(years, year) &&
    (days_of_month === null || isDay(days_of_month, day, daysOfMonth))
  );
}

/** Whether a day belongs to ranges of days, in a month that counts so many. */
export function isDay(ranges: readonly Range[], day: number, count: () => number): boolean {
  const length = ranges.some(({ begin, end }) => begin < 0 || end < 0 || end > 27) ? count() : 28;
  return ranges.some((range) => {
    const begin = range.begin < 0 ? length + range.begin + 1 : range.begin;
    const end = range.end < 0 ? length + range.end + 1 : range.end;
    // A range that begins behind the month is left out; the others end with it.
    return begin <= length && begin <= day && day <= Math.min(end, length);
  });
}

/** As upstream counts them. */
export function daysOfMonth(year: number, month: number, zone: Zone): number {
  const start = dateIn(zone, { year, month, day: 1, hour: 0, minute: 0, second: 0, nanosecond: 0 });
  return Math.trunc((nextMonth(start).unix - start.unix) / 86_400);
}

/** Go's `AddDate(0, 1, 0)`: where midnight is skipped, the clock of the start is another one. */
function nextMonth(start: GoTime): GoTime {
  const clock = civilOf(start);
  return dateIn(start.zone, { ...clock, month: clock.month + 1, nanosecond: 0 });
}
