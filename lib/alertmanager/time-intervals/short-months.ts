import type { TimeInterval } from "../config/types";
import { civilFromUnix, daysFromCivil } from "../go/time";
import { items } from "../validation/context";
import { daysOfMonth, isDay, timeIntervalItem } from "./contains-instant";

/** A month in which the days of an item are not those that were meant. */
export interface ShortMonth {
  /** Place in `time_intervals`. */
  item: number;
  zone: string;
  year: number;
  /** From 1. */
  month: number;
  /** Days that were meant, and on which the item does not hold. */
  missed: readonly number[];
  /** Days on which it holds instead. */
  instead: readonly number[];
}

/**
 * Where a known defect changes what an interval means: Alertmanager up to 0.34 counts a month by its hours, so that the
 * one that loses an hour to summer time is a day short, and days from its end (`-1`) are those of the day before. Looks at
 * `count` months from the instant `from` on (milliseconds since 1970), in the zone of each item.
 */
export function shortMonths(interval: Pick<TimeInterval, "time_intervals">, from: number, count = 12): ShortMonth[] {
  return items(interval.time_intervals).flatMap((written, item) => {
    const read = timeIntervalItem(written);
    const ranges = read?.days_of_month;
    if (!read || !ranges) return [];
    const { zone } = read;
    const unix = Math.floor(from / 1000);
    const first = civilFromUnix(unix + zone.at(unix).seconds);
    return Array.from({ length: count }, (_, index): ShortMonth => {
      const [year, month] = [
        first.year + Math.floor((first.month - 1 + index) / 12),
        ((first.month - 1 + index) % 12) + 1,
      ];
      const real = daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);
      const counted = daysOfMonth(year, month, zone);
      const days = counted === real || !within(read.months, month) || !within(read.years, year) ? [] : upTo(real);
      const meant = (day: number) => isDay(ranges, day, () => real);
      const held = (day: number) => isDay(ranges, day, () => counted);
      const missed = days.filter((day) => meant(day) && !held(day));
      const instead = days.filter((day) => held(day) && !meant(day));
      return { item, zone: zone.name, year, month, missed, instead };
    }).filter(({ missed, instead }) => missed.length > 0 || instead.length > 0);
  });
}

function within(ranges: readonly { begin: number; end: number }[] | null, value: number): boolean {
  return ranges === null || ranges.some(({ begin, end }) => begin <= value && value <= end);
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
