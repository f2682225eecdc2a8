import { expect, it } from "vitest";
import type { AlertDto } from "@/lib/history/contract";
import { isWebAddress, lasted, withMatcher } from "./alert-text";

it("follows nothing but web addresses", () => {
  expect(["https://runbooks/x", "http://p:9090/graph?g0.expr=up"].every(isWebAddress)).toBe(true);
  expect(
    ["javascript:alert(1)", "data:text/html,x", " https://x", "https://a b", "see https://x", ""].some(isWebAddress),
  ).toBe(false);
});

it("tells how long something fired", () => {
  const alert = (startsAt: string, endsAt: string, state: AlertDto["state"]) =>
    ({ startsAt, endsAt, state }) as AlertDto;
  const now = new Date("2026-11-23T12:00:00Z");
  expect(lasted(alert("2026-11-23T11:59:30Z", "2026-11-23T12:04:00Z", "firing"), now)).toEqual({
    count: 30,
    unit: "second",
  });
  expect(lasted(alert("2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z", "ended"), now)).toEqual({
    count: 60,
    unit: "minute",
  });
  expect(lasted(alert("2026-11-20T12:00:00Z", "2026-11-23T12:04:00Z", "firing"), now)).toEqual({
    count: 3,
    unit: "day",
  });
  expect(lasted(alert("2026-11-23T08:00:00Z", "2026-11-23T12:04:00Z", "firing"), now)).toEqual({
    count: 4,
    unit: "hour",
  });
});

it("adds a matcher once, quoting what must be quoted", () => {
  expect(withMatcher("", "team", "db")).toBe('team="db"');
  expect(withMatcher('team="db",', "severity", 'a"b')).toBe('team="db", severity="a\\"b"');
  expect(withMatcher('team="db"', "team", "db")).toBe('team="db"');
  expect(withMatcher("", "é b", "x")).toBe('"é b"="x"');
});
