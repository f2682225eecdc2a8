import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject, TimeInterval } from "../config/types";
import { calendarDays, dateAt } from "./calendar";
import { containsInstant } from "./contains-instant";

const NIGHT = { time_intervals: [{ times: [{ start_time: "01:30", end_time: "03:30" }], location: "Europe/Paris" }] };
const ALWAYS = { time_intervals: [{}] };
const shown = (days: ReturnType<typeof calendarDays>) =>
  days.map(({ day, spans }) => [
    day,
    ...spans.map(({ start, end, again }) => `${start}-${end}${again ? " again" : ""}`),
  ]);

describe("the days of a place", () => {
  it("have no hour that summer time takes", () => {
    const days = calendarDays(NIGHT, "Europe/Paris", { year: 2027, month: 3, day: 27 }, 3);
    expect(shown(days)).toEqual([
      [27, "90-210"],
      [28, "90-120", "180-210"],
      [29, "90-210"],
    ]);
    expect(days.map(({ skipped }) => skipped)).toEqual([[], [{ start: 120, end: 180 }], []]);
    expect(days.map(({ from, to }) => (to - from) / 3_600_000)).toEqual([24, 23, 24]);
    expect(days.map(({ held }) => held / 60_000)).toEqual([120, 60, 120]);
    expect(new Date(days[1]!.spans[0]!.to).toISOString()).toBe("2027-03-28T01:00:00.000Z");
  });

  it("show the hour twice that winter time gives back", () => {
    const [day] = calendarDays(NIGHT, "Europe/Paris", { year: 2027, month: 10, day: 31 }, 1);
    expect(shown([day!])).toEqual([[31, "90-180", "120-180 again", "180-210"]]);
    expect(day).toMatchObject({ weekday: 0, repeated: [{ start: 120, end: 180 }], skipped: [], held: 3 * 3_600_000 });
  });

  it("are those of the place that looks, whatever the zone of the interval", () => {
    const days = calendarDays(NIGHT, "America/New_York", { year: 2027, month: 1, day: 4 }, 2);
    expect(shown(days)).toEqual([
      [4, "1170-1290"],
      [5, "1170-1290"],
    ]);
  });

  it.each([
    ["America/Santiago", { year: 2026, month: 9, day: 6 }, 23, [{ start: 0, end: 60 }], []],
    ["America/Santiago", { year: 2026, month: 4, day: 4 }, 25, [], [{ start: 1380, end: 1440 }]],
    ["America/Havana", { year: 2026, month: 11, day: 1 }, 25, [], [{ start: 0, end: 60 }]],
    ["Australia/Lord_Howe", { year: 2026, month: 10, day: 4 }, 23.5, [{ start: 120, end: 150 }], []],
    ["Pacific/Apia", { year: 2011, month: 12, day: 30 }, 0, [{ start: 0, end: 1440 }], []],
  ])("begin and end where the clocks of %s say", (zone, first, hours, skipped, repeated) => {
    const [day] = calendarDays(ALWAYS, zone, first, 1);
    expect([(day!.to - day!.from) / 3_600_000, day!.skipped, day!.repeated]).toEqual([hours, skipped, repeated]);
    expect(day!.held).toBe(day!.to - day!.from);
  });

  it("are refused for a place that nobody knows", () => {
    expect(() => calendarDays(ALWAYS, "Mars/Phobos", { year: 2026, month: 1, day: 1 }, 1)).toThrow(RangeError);
  });
});

it("has the date that the place shows", () => {
  const instant = Date.parse("2026-12-31T23:30:00Z");
  expect(dateAt("Europe/Paris", instant)).toEqual({ year: 2027, month: 1, day: 1 });
  expect(dateAt("America/New_York", instant)).toEqual({ year: 2026, month: 12, day: 31 });
  expect(() => dateAt("Mars/Phobos", instant)).toThrow(RangeError);
});

it("holds exactly where the interval contains the instant", () => {
  const zones = ["UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"];
  const interval: fc.Arbitrary<Pick<TimeInterval, "time_intervals">> = fc.record({
    time_intervals: fc.array(
      fc.record<JsonObject>(
        {
          times: fc.constantFrom(
            [{ start_time: "00:30", end_time: "02:45" }],
            [{ start_time: "22:00", end_time: "24:00" }],
          ),
          weekdays: fc.constantFrom<Json>(["saturday", "sunday"], ["monday:friday"]),
          days_of_month: fc.constantFrom<Json>(["-3:-1"], ["1:7", "25:31"]),
          location: fc.constantFrom<Json>(...zones),
        },
        { requiredKeys: [] },
      ),
      { minLength: 1, maxLength: 2 },
    ),
  });
  const at = fc.integer({ min: 0, max: 365 * 24 * 4 });
  fc.assert(
    fc.property(interval, fc.constantFrom(...zones), at, (one, zone, quarter) => {
      const instant = Date.parse("2027-01-02T00:07:00Z") + quarter * 900_000;
      const { year, month, day } = { year: 2027, month: 1, day: Math.floor(quarter / 96) + 1 };
      const days = calendarDays(one, zone, { year, month, day }, 4);
      const inside = days.some(({ spans }) => spans.some(({ from, to }) => from <= instant && instant < to));
      expect(inside).toBe(containsInstant(one, instant));
    }),
    { numRuns: 150 },
  );
});
