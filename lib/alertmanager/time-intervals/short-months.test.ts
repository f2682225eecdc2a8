import { expect, it } from "vitest";
import { containsInstant } from "./contains-instant";
import { shortMonths } from "./short-months";

const FROM = Date.parse("2026-11-23T12:00:00Z");
const of = (days: string[], more: object = {}) =>
  shortMonths({ time_intervals: [{ days_of_month: days, location: "Europe/Paris", ...more }] }, FROM);

it("tells the month in which the last day is taken for another one, as the interval is judged", () => {
  expect(of(["-1"])).toEqual([{ item: 0, zone: "Europe/Paris", year: 2027, month: 3, missed: [31], instead: [30] }]);
  const last = { time_intervals: [{ days_of_month: ["-1"], location: "Europe/Paris" }] };
  expect(["30", "31"].map((day) => containsInstant(last, Date.parse(`2027-03-${day}T10:00:00Z`)))).toEqual([
    true,
    false,
  ]);
});

it("tells of days that are lost without another in their place", () => {
  expect(of(["1:31"])).toMatchObject([{ month: 3, missed: [31], instead: [] }]);
  expect(of(["-3:-1"])).toMatchObject([{ missed: [31], instead: [28] }]);
});

it("says nothing where no day is another one", () => {
  expect(of(["1:28"])).toEqual([]);
  expect(of(["-1"], { location: "UTC" })).toEqual([]);
  expect(of(["-1"], { months: ["april:february"] })).toEqual([]);
  expect(of(["-1"], { months: ["april:december"] })).toEqual([]);
  expect(of(["-1"], { years: ["2026"] })).toEqual([]);
  expect(shortMonths({ time_intervals: [{}, null as never] }, FROM)).toEqual([]);
});
