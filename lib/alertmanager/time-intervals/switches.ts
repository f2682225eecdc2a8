import type { TimeInterval } from "../config/types";
import type { Zone } from "../go/time";
import { items } from "../validation/context";
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
  let seen = from;
  for (let day = first; day <= last && found.length < count; day++) {
    for (const instant of instantsOfDay(read, day)) {
      if (instant <= seen || instant > until) continue;
      seen = instant;
      const now = containsInstant(interval, instant);
      if (now === holds) continue;
      holds = now;
      found.push({ at: instant, contains: now });
      if (found.length === count) break;
    }
  }
  return found;
}

/** All instants on a day at which an item can change, in milliseconds, ascending; days of all zones are taken by their UTC date. */
function instantsOfDay(read: readonly TimeIntervalItem[], day: number): number[] {
  const instants = new Set<number>();
  for (const item of read) {
    const { zone } = item;
    const minutes = new Set([0, ...(item.times ?? []).flatMap(({ begin, end }) => [begin, end])]);
    const midnight = day * DAY;
    // A clock that is put back shows a minute twice, one that is put forward never: each offset near the day is tried.
    const offsets = new Set([-DAY, 0, DAY, 2 * DAY].map((shift) => zone.at(midnight + shift).seconds));
    for (const offset of offsets) {
      for (const minute of minutes) instants.add((midnight + minute * 60 - offset) * 1000);
    }
    if (offsets.size > 1) for (const change of offsetChanges(zone, midnight)) instants.add(change * 1000);
  }
  return [...instants].sort((left, right) => left - right);
}

/** When the clocks of a zone are changed in the days around a midnight, in seconds. */
function offsetChanges(zone: Zone, midnight: number): number[] {
  const changes: number[] = [];
  const step = DAY / 4;
  for (let at = midnight - DAY; at < midnight + 2 * DAY; at += step) {
    let [low, high] = [at, at + step];
    const before = zone.at(low).seconds;
    if (zone.at(high).seconds === before) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (zone.at(middle).seconds === before) low = middle;
      else high = middle;
    }
    changes.push(high);
  }
  return changes;
}
