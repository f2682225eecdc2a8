import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { JsonObject } from "../config/types";
import { timeIntervalItemProblems } from "./check";
import { containsInstant } from "./contains-instant";

const contains = (item: JsonObject | null, at: string) =>
  containsInstant({ time_intervals: [item] as JsonObject[] }, Date.parse(at));

describe("months are as long as their hours", () => {
  it.each([
    // Summer time takes an hour of March: upstream counts 30 days.
    ["Europe/Zurich", "-1", "2026-03-30T12:00:00Z", true],
    ["Europe/Zurich", "-1", "2026-03-31T12:00:00Z", false],
    ["Europe/Zurich", "31", "2026-03-31T12:00:00Z", false],
    ["Europe/Zurich", "30:31", "2026-03-30T12:00:00Z", true],
    ["UTC", "-1", "2026-03-31T12:00:00Z", true],
    // An hour more makes no day.
    ["Europe/Zurich", "-1", "2026-10-31T12:00:00Z", true],
    // Samoa left out a whole day.
    ["Pacific/Apia", "-1", "2011-12-31T05:00:00Z", false],
    ["Pacific/Apia", "30", "2011-12-31T05:00:00Z", false],
    ["Pacific/Apia", "30", "2011-12-29T12:00:00Z", false],
    // Leap days.
    ["UTC", "-1", "2028-02-29T12:00:00Z", true],
    ["UTC", "29", "2027-03-01T00:00:00Z", false],
    ["UTC", "-31", "2026-02-01T00:00:00Z", false],
    ["UTC", "-31:-1", "2026-02-01T00:00:00Z", true],
  ])("in %s, %s at %s: %s", (location, day, at, expected) => {
    expect(contains({ location, days_of_month: [day] }, at)).toBe(expected);
  });
});

describe("what is not written", () => {
  it.each<[JsonObject | null, boolean]>([
    [null, true],
    [{}, true],
    [{ times: null, location: null }, true],
    [{ times: [] }, false],
    [{ weekdays: [] }, false],
    [{ weekdays: [null] }, true],
    [{ days_of_month: [null] }, false],
    [{ times: [null] }, false],
  ])("%j on a Sunday: %s", (item, expected) => {
    expect(contains(item, "2026-06-14T00:00:00Z")).toBe(expected);
  });

  it("makes an interval without items contain nothing", () => {
    expect(containsInstant({}, 0)).toBe(false);
    expect(containsInstant({ time_intervals: [] }, 0)).toBe(false);
  });
});

it("contains nothing of an item that is refused, whatever else it says", () => {
  expect(contains({ weekdays: ["someday"] }, "2026-06-14T00:00:00Z")).toBe(false);
  expect(contains({ location: "Mars/Base" }, "2026-06-14T00:00:00Z")).toBe(false);
});

it("takes instants before 1970 and fractions", () => {
  expect(
    contains({ years: ["1969"], times: [{ start_time: "23:59", end_time: "24:00" }] }, "1969-12-31T23:59:59.999Z"),
  ).toBe(true);
});

it("refuses numbers as Go does, and names that the tz database does not know", () => {
  const words = (item: JsonObject) => timeIntervalItemProblems(item).map(({ upstream }) => upstream);
  expect(words({ years: ["9223372036854775807", "9223372036854775808"] })).toEqual([
    'strconv.Atoi: parsing "9223372036854775808": value out of range',
  ]);
  expect(words({ months: ["9223372036854775808"] })).toEqual(["9223372036854775808 is not a valid month"]);
  for (const location of ["Etc/GMT+5", "US/Pacific", "Europe/Kyiv", "GB-Eire", "America/Argentina/Buenos_Aires"]) {
    expect(words({ location })).toEqual([]);
  }
  for (const location of ["Europe", "EST6", "CST", "+01:00", "europe/Zurich", "Europe/zurich", "Europe/Zurich "]) {
    expect(words({ location })).toEqual([`unknown time zone ${location}`]);
  }
  for (const location of ["/etc/localtime", "../UTC", "\\\\UTC", "Europe/../UTC"]) {
    expect(words({ location })).toEqual(["time: invalid location name"]);
  }
});

it("agrees with the clock of the platform", () => {
  const zones = ["UTC", "Europe/Zurich", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"];
  const clocks = new Map(
    zones.map((timeZone) => [
      timeZone,
      new Intl.DateTimeFormat("en-US", {
        ...{ timeZone, hourCycle: "h23", weekday: "long", hour: "2-digit", minute: "2-digit" },
        ...{ month: "long", year: "numeric", day: "numeric" },
      }),
    ]),
  );
  const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  const instants = fc.integer({ min: 0, max: 2_000_000_000 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (location, unix) => {
      const shown = clocks.get(location)!.formatToParts(unix * 1000);
      const part = (type: string) => shown.find((found) => found.type === type)?.value ?? "";
      const start = `${part("hour")}:${part("minute")}`;
      const [hour, minute] = start.split(":").map(Number) as [number, number];
      const next = hour * 60 + minute + 1;
      const two = (value: number) => String(value).padStart(2, "0");
      const item = {
        location,
        times: [{ start_time: start, end_time: `${two(Math.floor(next / 60))}:${two(next % 60)}` }],
        weekdays: [part("weekday")],
        months: [part("month")],
        years: [part("year")],
      };
      expect(containsInstant({ time_intervals: [item] }, unix * 1000)).toBe(true);
      expect(containsInstant({ time_intervals: [item] }, (unix + 60) * 1000)).toBe(false);
      const other = days[(days.indexOf(part("weekday")) + 1) % 7]!;
      expect(containsInstant({ time_intervals: [{ ...item, weekdays: [other] }] }, unix * 1000)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

it("takes the name of a zone that the platform is too old for, and says so when it is asked for its clock", async () => {
  // Clocks that other tests of this process asked for are kept.
  vi.resetModules();
  const fresh = await import("./contains-instant");
  const clock = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(
    class {
      constructor() {
        throw new RangeError("Invalid time zone specified");
      }
    } as never,
  );
  const item = { location: "America/Coyhaique", weekdays: ["monday"] };
  expect(timeIntervalItemProblems(item)).toEqual([]);
  const onMonday = () => fresh.containsInstant({ time_intervals: [item] }, Date.parse("2026-06-15T12:00:00Z"));
  expect(onMonday).toThrow(RangeError);
  clock.mockRestore();
  expect(onMonday()).toBe(true);
});
