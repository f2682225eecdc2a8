import type { TimeInterval } from "../config/types";
import { civilFromUnix, daysFromCivil, loadZone, type Zone } from "../go/time";
import { clockChanges } from "./clock-changes";
import { containsInstant } from "./contains-instant";
import { intervalSwitches } from "./switches";

/** Minutes of the day as a clock shows them; `end` does not belong to it. */
export interface MinuteRange {
  start: number;
  end: number;
}

/** A stretch in which the interval holds; instants in milliseconds since 1970, `to` does not belong to it. */
export interface CalendarSpan extends MinuteRange {
  from: number;
  to: number;
  /** The clock shows these minutes for the second time. */
  again: boolean;
}

/** One day of a place. */
export interface CalendarDay {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  /** From 0, which is Sunday. */
  weekday: number;
  from: number;
  to: number;
  spans: readonly CalendarSpan[];
  /** How long the interval holds, in milliseconds; all day when that is `to - from`. */
  held: number;
  /** What no clock shows on this day, and what it shows twice. */
  skipped: readonly MinuteRange[];
  repeated: readonly MinuteRange[];
}

const DAY = 86_400;

/**
 * The days of a place, from a date on, each with the stretches in which a time interval holds there, judged by
 * `containsInstant`. Days on which clocks are changed have more or fewer hours than 24, and say so.
 * @throws RangeError for a zone that nobody knows.
 */
export function calendarDays(
  interval: Pick<TimeInterval, "time_intervals">,
  zoneName: string,
  first: { year: number; month: number; day: number },
  count: number,
): CalendarDay[] {
  const zone = loadZone(zoneName);
  if (!zone) throw new RangeError(`unknown time zone ${zoneName}`);
  const start = daysFromCivil(first.year, first.month, first.day);
  const midnights = Array.from({ length: count + 1 }, (_, index) => dayStart(zone, start + index));
  const held = stretches(interval, midnights[0]! * 1000, midnights[count]! * 1000);
  let next = 0;
  return Array.from({ length: count }, (_, index) => {
    const [from, to] = [midnights[index]!, midnights[index + 1]!];
    while (next < held.length && held[next]![1] <= from * 1000) next++;
    const inside: [number, number][] = [];
    for (let at = next; at < held.length && held[at]![0] < to * 1000; at++) inside.push(held[at]!);
    return dayOf(zone, start + index, from, to, inside);
  });
}

/** The date that a place's calendar shows at an instant, in milliseconds since 1970. */
export function dateAt(zoneName: string, instant: number): { year: number; month: number; day: number } {
  const zone = loadZone(zoneName);
  if (!zone) throw new RangeError(`unknown time zone ${zoneName}`);
  const unix = Math.floor(instant / 1000);
  const { year, month, day } = civilFromUnix(unix + zone.at(unix).seconds);
  return { year, month, day };
}

/** Where the interval holds between two instants, in milliseconds. */
function stretches(interval: Pick<TimeInterval, "time_intervals">, from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  let since = containsInstant(interval, from) ? from : null;
  for (const { at, contains } of intervalSwitches(interval, from, { count: Number.POSITIVE_INFINITY, until: to })) {
    if (contains) since = at;
    else if (since !== null) {
      found.push([since, at]);
      since = null;
    }
  }
  if (since !== null && since < to) found.push([since, to]);
  return found;
}

/** The first instant of a day, in seconds: its midnight, the first of two, or where a clock jumps over it. */
function dayStart(zone: Zone, day: number): number {
  const midnight = day * DAY;
  const offsets = [zone.at(midnight - DAY).seconds, zone.at(midnight + DAY).seconds];
  const candidates = offsets.map((offset) => midnight - offset);
  const valid = candidates.filter((at) => Math.floor((at + zone.at(at).seconds) / DAY) === day);
  // A place that leaves out a whole day has no instant of it.
  return valid.length > 0 ? Math.min(...valid) : Math.max(...candidates);
}

/** A part of a day in which the clock just runs. */
interface Run extends MinuteRange {
  from: number;
  to: number;
  again: boolean;
}

function dayOf(zone: Zone, day: number, from: number, to: number, held: readonly [number, number][]): CalendarDay {
  const { year, month, day: date, weekday } = civilFromUnix(day * DAY);
  const runs = runsOf(zone, day, from, to);
  const spans = held.flatMap(([since, until]) =>
    runs.flatMap((run): CalendarSpan[] => {
      const [start, end] = [Math.max(since, run.from * 1000), Math.min(until, run.to * 1000)];
      if (start >= end) return [];
      const minute = (at: number) => run.start + (at / 1000 - run.from) / 60;
      return [{ from: start, to: end, start: minute(start), end: minute(end), again: run.again }];
    }),
  );
  return {
    ...{ year, month, day: date, weekday, from: from * 1000, to: to * 1000, spans },
    held: spans.reduce((sum, span) => sum + span.to - span.from, 0),
    skipped: gaps(runs),
    repeated: runs.filter(({ again }) => again).map(({ start, end }) => ({ start, end })),
  };
}

function runsOf(zone: Zone, day: number, from: number, to: number): Run[] {
  const changes = zone.at(from).seconds === zone.at(to - 1).seconds ? [] : clockChanges(zone, from, to - 1);
  const bounds = [from, ...changes, to];
  const runs: Run[] = [];
  let shown = 0;
  for (const [index, until] of bounds.slice(1).entries()) {
    const since = bounds[index]!;
    const minute = (at: number) => (at + zone.at(since).seconds - day * DAY) / 60;
    const [start, end] = [minute(since), minute(until)];
    const known = Math.min(end, Math.max(start, shown));
    const middle = since + (known - start) * 60;
    if (middle > since) runs.push({ from: since, to: middle, start, end: known, again: true });
    if (until > middle) runs.push({ from: middle, to: until, start: known, end, again: false });
    shown = Math.max(shown, end);
  }
  return runs;
}

function gaps(runs: readonly Run[]): MinuteRange[] {
  const found: MinuteRange[] = [];
  let shown = 0;
  for (const { start, end } of runs) {
    if (start > shown) found.push({ start: shown, end: start });
    shown = Math.max(shown, end);
  }
  if (shown < DAY / 60) found.push({ start: shown, end: DAY / 60 });
  return found;
}
