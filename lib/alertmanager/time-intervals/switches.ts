import type { TimeInterval } from "../config/types";
import { items } from "../validation/context";
import { clockChanges } from "./clock-changes";
import { containsInstant, type TimeIntervalItem, timeIntervalItem } from "./contains-instant";

/** From `at` on, in milliseconds since 1970, the interval holds (or not) until the next switch. */
export interface IntervalSwitch {
  at: number;
  contains: boolean;
}

const DAY = 86_400;
/** Leap days come every four years at most, but for 1900, 2100 …: eight years see every pattern without years. */
const HORIZON_DAYS = 8 * 366;

/**
 * When a time interval begins and ends to hold after an instant (milliseconds since 1970): the next `count` switches, in
 * order, up to `until` (eight years later by default). Judged by `containsInstant`, with all that upstream makes of it:
 * clocks of the `location`, summer time, short months. Empty when nothing changes any more.
 */
export function intervalSwitches(
  interval: Pick<TimeInterval, "time_intervals">,
  from: number,
  { count = 10, until = from + HORIZON_DAYS * DAY * 1000 }: { count?: number; until?: number } = {},
): IntervalSwitch[] {
  const read = items(interval.time_intervals).flatMap((written) => timeIntervalItem(written) ?? []);
  const found: IntervalSwitch[] = [];
  let holds = containsInstant(interval, from);
  const [first, last] = [Math.floor(from / 1000 / DAY) - 1, Math.ceil(until / 1000 / DAY) + 1];
  for (let day = first; day <= last && found.length < count; day++) {
    for (const instant of instantsOfDay(read, day)) {
      if (instant <= from || instant > until) continue;
      const now = containsInstant(interval, instant);
      if (now === holds) continue;
      holds = now;
      found.push({ at: instant, contains: now });
      if (found.length === count) break;
    }
  }
  return found;
}

/** All instants of a day (UTC) at which an item can change, in milliseconds, ascending. */
function instantsOfDay(read: readonly TimeIntervalItem[], day: number): number[] {
  const instants = new Set<number>();
  const [start, end] = [day * DAY, (day + 1) * DAY];
  const add = (instant: number) => {
    if (instant >= start && instant < end) instants.add(instant * 1000);
  };
  for (const item of read) {
    const { zone } = item;
    const minutes = new Set([0, ...(item.times ?? []).flatMap(({ begin, end }) => [begin, end])]);
    // A clock that is put back shows a minute twice, one that is put forward never: each offset near the day is tried.
    const offsets = new Set([start - DAY, start, end, end + DAY].map((at) => zone.at(at).seconds));
    for (const offset of offsets) {
      // Of days there that share hours with this one here.
      for (const midnight of [start - DAY, start, end]) {
        for (const minute of minutes) add(midnight + minute * 60 - offset);
      }
    }
    if (offsets.size > 1) for (const change of clockChanges(zone, start - DAY, end + DAY)) add(change);
  }
  return [...instants].sort((left, right) => left - right);
}
