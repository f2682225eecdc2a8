import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimeInterval } from "../config/types";
import { containsInstant } from "./contains-instant";
import { intervalSwitches } from "./switches";

const interval = (...time_intervals: object[]) => ({ time_intervals }) as Pick<TimeInterval, "time_intervals">;
const iso = (switches: readonly { at: number; contains: boolean }[]) =>
  switches.map(({ at, contains }) => `${new Date(at).toISOString()} ${contains ? "on" : "off"}`);
const NOW = Date.parse("2026-11-23T12:00:00Z");

describe("intervalSwitches", () => {
  it("tells office hours in their own zone", () => {
    const office = interval({
      weekdays: ["monday:friday"],
      times: [{ start_time: "09:00", end_time: "17:00" }],
      location: "Europe/Paris",
    });
    expect(iso(intervalSwitches(office, NOW, { count: 3 }))).toEqual([
      "2026-11-23T16:00:00.000Z off",
      "2026-11-24T08:00:00.000Z on",
      "2026-11-24T16:00:00.000Z off",
    ]);
  });

  it("joins days that follow each other, and months of any length", () => {
    expect(iso(intervalSwitches(interval({ weekdays: ["saturday", "sunday"] }), NOW, { count: 2 }))).toEqual([
      "2026-11-28T00:00:00.000Z on",
      "2026-11-30T00:00:00.000Z off",
    ]);
    expect(iso(intervalSwitches(interval({ days_of_month: ["-1"] }), NOW, { count: 2 }))).toEqual([
      "2026-11-30T00:00:00.000Z on",
      "2026-12-01T00:00:00.000Z off",
    ]);
    const leap = interval({ months: ["february"], days_of_month: ["29"] });
    expect(iso(intervalSwitches(leap, NOW, { count: 1 }))).toEqual(["2028-02-29T00:00:00.000Z on"]);
  });

  it("knows the days on which clocks change", () => {
    const night = interval({ times: [{ start_time: "02:15", end_time: "02:45" }], location: "Europe/Berlin" });
    const dayFrom = (time: string) =>
      iso(intervalSwitches(night, Date.parse(time), { until: Date.parse(time) + 86_400_000 }));
    // Put back: 02:15 is shown twice. Put forward: never.
    expect(dayFrom("2026-10-24T22:00:00Z")).toEqual([
      "2026-10-25T00:15:00.000Z on",
      "2026-10-25T00:45:00.000Z off",
      "2026-10-25T01:15:00.000Z on",
      "2026-10-25T01:45:00.000Z off",
    ]);
    expect(dayFrom("2026-03-28T23:00:00Z")).toEqual([]);
    const around = interval({ times: [{ start_time: "01:30", end_time: "03:30" }], location: "Europe/Berlin" });
    expect(iso(intervalSwitches(around, Date.parse("2026-03-28T23:00:00Z"), { count: 2 }))).toEqual([
      "2026-03-29T00:30:00.000Z on",
      "2026-03-29T01:30:00.000Z off",
    ]);
  });

  it("is empty where nothing changes", () => {
    expect(intervalSwitches(interval({}), NOW)).toEqual([]);
    expect(intervalSwitches(interval({ years: ["2020"] }), NOW)).toEqual([]);
    expect(intervalSwitches(interval(), NOW)).toEqual([]);
    expect(intervalSwitches(interval({ weekdays: ["nonsense"] }), NOW)).toEqual([]);
  });
});

const QUARTER = 15 * 60_000;

it("finds what asking every quarter of an hour finds", () => {
  const quarter = fc.integer({ min: 0, max: 95 });
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  const item = fc.record(
    {
      times: fc.array(fc.tuple(quarter, quarter), { minLength: 1, maxLength: 2 }).map((ranges) =>
        ranges.map(([one, other]) => ({
          start_time: clock(Math.min(one, other) * 15),
          end_time: clock((Math.max(one, other) + 1) * 15),
        })),
      ),
      weekdays: fc.constantFrom(["monday:friday"], ["saturday", "sunday"], ["wednesday"]),
      days_of_month: fc.constantFrom(["1:7"], ["-3:-1"], ["25:30"]),
      location: fc.constantFrom(
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Asia/Kolkata",
      ),
    },
    { requiredKeys: [] },
  );
  const starts = ["2026-03-27", "2026-10-23", "2026-04-03", "2026-11-01", "2026-09-04", "2026-12-30"].map((day) =>
    Date.parse(day),
  );
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 2 }), fc.constantFrom(...starts), (list, from) => {
      const wanted = interval(...list);
      const until = from + 4 * 86_400_000;
      const slowly: { at: number; contains: boolean }[] = [];
      let holds = containsInstant(wanted, from);
      for (let at = from + QUARTER; at <= until; at += QUARTER) {
        const now = containsInstant(wanted, at);
        if (now !== holds) slowly.push({ at, contains: now });
        holds = now;
      }
      expect(iso(intervalSwitches(wanted, from, { until, count: 1000 }))).toEqual(iso(slowly));
    }),
    { numRuns: 150 },
  );
});
