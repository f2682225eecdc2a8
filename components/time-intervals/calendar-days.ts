import { type CalendarDay, calendarDays, type TimeInterval } from "@/lib/alertmanager";

export type Intervals = Pick<TimeInterval, "time_intervals">;
/** A date of no place in particular, `2027-03-28`. */
export type Day = { year: number; month: number; day: number };

export function readDay(text: string | null): Day | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? "");
  if (!parts) return null;
  const day = { year: Number(parts[1]), month: Number(parts[2]), day: Number(parts[3]) };
  return printDay(plusDays(day, 0)) === text ? day : null;
}

export function printDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** The instant whose date in UTC it is; for texts and for counting, never for judging. */
export function utcOf({ year, month, day }: Day): number {
  return Date.UTC(year, month - 1, day);
}

export function plusDays(day: Day, count: number): Day {
  const date = new Date(utcOf(day) + count * 86_400_000);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

export function mondayOf(day: Day): Day {
  return plusDays(day, -((new Date(utcOf(day)).getUTCDay() + 6) % 7));
}

export function weekOf(interval: Intervals, zone: string, day: Day): CalendarDay[] | null {
  return knownZone(() => calendarDays(interval, zone, mondayOf(day), 7));
}

export function yearOf(interval: Intervals, zone: string, year: number): CalendarDay[] | null {
  const first = { year, month: 1, day: 1 };
  const count = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;
  return knownZone(() => calendarDays(interval, zone, first, count));
}

/** `null` where this browser has no rules for a zone that exists. */
export function knownZone<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export type Extent = "all" | "part" | "none";

export function extentOf({ held, from, to }: CalendarDay): Extent {
  if (held === 0) return "none";
  return held === to - from ? "all" : "part";
}

/** `02:30` of 150; the end of a day is 24:00. */
export function clockOf(minute: number): string {
  const whole = Math.floor(minute);
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

/** The minute that a clock shows at an instant of the day. */
export function minuteAt({ from, skipped, repeated }: CalendarDay, instant: number): number {
  let minute = (instant - from) / 60_000;
  for (const { start, end } of skipped) if (minute >= start) minute += end - start;
  for (const { start, end } of repeated) if (minute >= end) minute -= end - start;
  return minute;
}
