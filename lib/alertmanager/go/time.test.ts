import { describe, expect, it } from "vitest";
import { dateIn, loadZone, UTC, ZERO_TIME } from "./time";
import { durationString, formatTime, timeString } from "./time-format";
import { parseJsonTime, parseTime } from "./time-parse";

const at = (text: string) => parseJsonTime(text)!;

describe("time layouts", () => {
  it.each([
    ["2006-01-02T15:04:05.000Z07:00", "2026-02-03T04:05:06.789Z"],
    ["Mon Jan _2 15:04:05 2006", "Tue Feb  3 04:05:06 2026"],
    ["02 Jan 06 3:04PM MST", "03 Feb 26 4:05AM UTC"],
    ["__2/002 .999999 ,000", " 34/034 .789 ,789"],
    ["Monday January Monk", "Tuesday February Monk"],
  ])("writes %s", (layout, text) => expect(formatTime(at("2026-02-03T04:05:06.789Z"), layout)).toBe(text));

  it.each([
    ["2006-01-02 15:04", "2026-05-06 07:08", "2026-05-06 07:08:00 +0000 UTC"],
    ["2006-01-02 -0700", "2026-05-06 +0130", "2026-05-06 00:00:00 +0130 +0130"],
    ["Jan _2 2006 15:04:05", "May  6 2026 07:08:09.25", "2026-05-06 07:08:09.25 +0000 UTC"],
    ["2006 002", "2024 366", "2024-12-31 00:00:00 +0000 UTC"],
    ["3:04 PM", "12:30 AM", "0000-01-01 00:30:00 +0000 UTC"],
  ])("reads %s", (layout, text, shown) => {
    const parsed = parseTime(layout, text);
    expect(parsed.ok && timeString(parsed.time)).toBe(shown);
  });

  it.each([
    ["2006-01-02", "2026-13-01", 'parsing time "2026-13-01": month out of range'],
    ["2006-01-02", "2026-02-30", 'parsing time "2026-02-30": day out of range'],
    ["2006-01-02", "2026-02-00", 'parsing time "2026-02-00": day out of range'],
    ["2006-01-02", "2026-1-02", 'parsing time "2026-1-02" as "2006-01-02": cannot parse "1-02" as "01"'],
    ["2006--01", "2026-x", 'parsing time "2026-x" as "2006--01": cannot parse "x" as "--"'],
    ["2006", "2026x", 'parsing time "2026x": extra text: "x"'],
    ["2006", "\xc3\xa9", 'parsing time "\\xc3\\xa9" as "2006": cannot parse "\\xc3\\xa9" as "2006"'],
  ])("refuses %s of %s", (layout, text, error) => {
    expect(parseTime(layout, text)).toEqual({ ok: false, error });
  });
});

describe("zones", () => {
  it.each([
    ["Asia/Kolkata", "2026-02-03T04:05:06Z", "2026-02-03 09:35:06 +0530 IST"],
    ["America/New_York", "2026-07-01T12:00:00Z", "2026-07-01 08:00:00 -0400 EDT"],
    ["America/Sao_Paulo", "2026-07-01T12:00:00Z", "2026-07-01 09:00:00 -0300 -03"],
    ["Australia/Lord_Howe", "2026-01-01T00:00:00Z", "2026-01-01 11:00:00 +1100 +11"],
    ["Etc/GMT+5", "2026-01-01T00:00:00Z", "2025-12-31 19:00:00 -0500 -05"],
    ["Europe/London", "0001-01-01T00:00:00Z", "0000-12-31 23:58:45 -0001 LMT"],
  ])("%s", (name, instant, shown) => {
    expect(timeString({ ...at(instant), zone: loadZone(name)! })).toBe(shown);
  });

  it.each(["europe/paris", "Mars/Olympus", "GMT+5"])("does not know %s", (name) => expect(loadZone(name)).toBeNull());

  it("every zone that Go knows has offsets here", () => {
    for (const name of Intl.supportedValuesOf("timeZone"))
      expect([name, loadZone(name) !== null]).toEqual([name, true]);
  });
});

it.each([
  [0n, "0s"],
  [1n, "1ns"],
  [1_500n, "1.5\xc2\xb5s"],
  [-1_500_000n, "-1.5ms"],
  [7_321_211_000_000n, "2h2m1.211s"],
  [-(1n << 63n), "-2562047h47m16.854775808s"],
])("prints the duration %s", (nanoseconds, text) => expect(durationString(nanoseconds)).toBe(text));

it("dates overflow into the next month and hour", () => {
  const fields = { year: 2026, month: 13, day: 32, hour: 25, minute: 0, second: 0, nanosecond: 0 };
  expect(timeString(dateIn(UTC, fields))).toBe("2027-02-02 01:00:00 +0000 UTC");
  expect(timeString(ZERO_TIME)).toBe("0001-01-01 00:00:00 +0000 UTC");
});

it.each([
  // The hour that the change to summer time skips: west of Greenwich it is read as before it, east as after it.
  ["America/New_York", [2026, 3, 8, 2, 30], "2026-03-08 01:30:00 -0500 EST"],
  ["Europe/Zurich", [2026, 3, 29, 2, 30], "2026-03-29 03:30:00 +0200 CEST"],
  // The hour that comes twice.
  ["America/New_York", [2026, 11, 1, 1, 30], "2026-11-01 01:30:00 -0400 EDT"],
  ["Europe/Zurich", [2026, 10, 25, 2, 30], "2026-10-25 02:30:00 +0100 CET"],
] as const)(
  "reads a clock in %s that a change of offset touches: %j",
  (name, [year, month, day, hour, minute], text) => {
    const zone = loadZone(name)!;
    expect(timeString(dateIn(zone, { year, month, day, hour, minute, second: 0, nanosecond: 0 }))).toBe(text);
  },
);
