import type { Config } from "../../config/types";
import { UTC, type Zone } from "../../go/time";
import {
  type CivilInstant,
  containsCivil,
  type TimeIntervalItem,
  timeIntervalItem,
} from "../../time-intervals/contains-instant";
import { isObject, items, textOf } from "../../validation/context";
import type { Findings } from "./lint";
import type { Place } from "./places";

/** The items of a configuration's time intervals, by name. */
export type Intervals = ReadonlyMap<string, readonly TimeIntervalItem[]>;

export function intervalsOf(config: Config): Intervals {
  const found = new Map<string, TimeIntervalItem[]>();
  for (const key of ["mute_time_intervals", "time_intervals"] as const) {
    for (const interval of items(config[key] as never)) {
      if (!isObject(interval)) continue;
      const read = items(interval.time_intervals).map(timeIntervalItem);
      found.set(
        textOf(interval.name),
        read.filter((item) => item !== null),
      );
    }
  }
  return found;
}

/** Routes that their time intervals mute at every instant. */
export function lintMuted({ route, path, parent }: Place, intervals: Intervals, findings: Findings) {
  const { mute_time_intervals: mute, active_time_intervals: active } = route.options;
  // The root must have none, and a name that is not defined is an error: validateConfig tells both.
  if (!parent || mute.length + active.length === 0) return;
  if (![...mute, ...active].every((name) => intervals.has(name))) return;
  const [muting, opening] = [mute, active].map((names) => names.flatMap((name) => intervals.get(name) ?? []));
  if (!isAlwaysMuted(muting!, active.length > 0 ? opening! : null)) return;
  const key = mute.length > 0 ? "mute_time_intervals" : "active_time_intervals";
  findings.add("route_always_muted", [...path, key], {}, { severity: "warning" });
}

/**
 * Whether at every instant a muting item or none of the opening ones (`null`: always open) holds. Judged by the clocks of
 * one zone at a time: what goes by other clocks counts as not muting and as open, so that a yes is a proof.
 */
function isAlwaysMuted(muting: readonly TimeIntervalItem[], opening: readonly TimeIntervalItem[] | null): boolean {
  if (muting.length === 0 && opening === null) return false;
  if (opening?.length === 0) return true;
  const zones = new Set([...muting, ...(opening ?? [])].map(({ zone }) => zone));
  return [...zones].some((zone) => {
    const here = ({ zone: other }: TimeIntervalItem) => other === zone;
    if (opening && !opening.every(here)) return coversAll(zone, muting.filter(here), null);
    return coversAll(zone, muting.filter(here), opening);
  });
}

function coversAll(
  zone: Zone,
  muting: readonly TimeIntervalItem[],
  opening: readonly TimeIntervalItem[] | null,
): boolean {
  const all = [...muting, ...(opening ?? [])];
  const minutes = beginnings(all, "times", [0], 0).filter((minute) => minute < 1440);
  const years = beginnings(all, "years", [0, 4], 1);
  const muted = (instant: CivilInstant) =>
    muting.some((item) => containsCivil(item, instant)) ||
    (opening !== null && !opening.some((item) => containsCivil(item, instant)));
  for (const year of years) {
    for (let month = 1; month <= 12; month++) {
      for (const days of lengthsOf(month, zone)) {
        for (let day = 1; day <= days.last; day++) {
          for (let weekday = 0; weekday < 7; weekday++) {
            for (const minute of minutes) {
              if (!muted({ year, month, day, weekday, minute, daysOfMonth: () => days.counted })) return false;
            }
          }
        }
      }
    }
  }
  return true;
}

/** The points at which a field of any item begins or ceases to hold: in between nothing changes. */
function beginnings(all: readonly TimeIntervalItem[], key: "times" | "years", more: number[], past: number): number[] {
  const found = new Set(more);
  for (const item of all) for (const { begin, end } of item[key] ?? []) found.add(begin).add(end + past);
  return [...found];
}

/** The days of a month, and how many Alertmanager counts: one fewer where clocks lose an hour in it. */
function lengthsOf(month: number, zone: Zone): { last: number; counted: number }[] {
  const lengths = month === 2 ? [28, 29] : [[4, 6, 9, 11].includes(month) ? 30 : 31];
  return lengths.flatMap((last) => (zone === UTC ? [last] : [last, last - 1]).map((counted) => ({ last, counted })));
}
