import { describe, expect, it } from "vitest";
import {
  clockOf,
  extentOf,
  knownZone,
  minuteAt,
  mondayOf,
  plusDays,
  printDay,
  readDay,
  weekOf,
  yearOf,
} from "./calendar-days";

describe("dates", () => {
  it("are read only when they exist", () => {
    expect(readDay("2028-02-29")).toEqual({ year: 2028, month: 2, day: 29 });
    expect(["2027-02-29", "2027-13-01", "27-1-1", "", null].map(readDay)).toEqual([null, null, null, null, null]);
  });

  it("are counted over months, and from a Monday", () => {
    expect(printDay(plusDays({ year: 2027, month: 2, day: 28 }, 1))).toBe("2027-03-01");
    expect(printDay(mondayOf({ year: 2027, month: 3, day: 28 }))).toBe("2027-03-22");
    expect(printDay(mondayOf({ year: 2027, month: 3, day: 22 }))).toBe("2027-03-22");
  });
});

describe("the days of a calendar", () => {
  const weekends = { time_intervals: [{ weekdays: ["saturday", "sunday"], location: "Europe/Paris" }] };

  it("are a week with its Sunday at the end, and a whole year", () => {
    const week = weekOf(weekends, "Europe/Paris", { year: 2027, month: 3, day: 24 });
    expect(week?.map((day) => [day.day, extentOf(day)])).toEqual([
      ...[22, 23, 24, 25, 26].map((day) => [day, "none"]),
      ...[27, 28].map((day) => [day, "all"]),
    ]);
    expect(yearOf(weekends, "UTC", 2028)).toHaveLength(366);
    expect(extentOf(weekOf(weekends, "UTC", { year: 2027, month: 1, day: 1 })![4]!)).toBe("part");
  });

  it("are none where nobody knows the zone; other faults are not hidden", () => {
    expect(weekOf(weekends, "Mars/Phobos", { year: 2027, month: 3, day: 24 })).toBeNull();
    expect(() =>
      knownZone(() => {
        throw new TypeError("no");
      }),
    ).toThrow(TypeError);
  });
});

it("shows minutes as a clock does", () => {
  expect([0, 150, 1439, 1440].map(clockOf)).toEqual(["00:00", "02:30", "23:59", "24:00"]);
});

it("knows what a clock shows on days that are shorter or longer", () => {
  const shown = (date: string, ...instants: string[]) => {
    const [day] = weekOf({ time_intervals: [] }, "Europe/Paris", readDay(date)!)!.slice(6);
    return instants.map((instant) => clockOf(minuteAt(day!, Date.parse(instant))));
  };
  expect(shown("2027-03-28", "2027-03-28T00:59:00Z", "2027-03-28T01:00:00Z")).toEqual(["01:59", "03:00"]);
  expect(shown("2027-10-31", "2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z")).toEqual(["02:30", "02:30"]);
});
