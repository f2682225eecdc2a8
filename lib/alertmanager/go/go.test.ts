import { describe, expect, it } from "vitest";
import { checkDuration, checkGoDuration, printDuration } from "./duration";
import { goQuote, goUnquote } from "./quote";
import { checkUrl } from "./url";

describe("model.Duration", () => {
  it.each([
    ["0", 0],
    ["5m", 300_000],
    ["1d12h", 129_600_000],
    ["1y", 31_536_000_000],
  ])("reads %s", (text, ms) => expect(checkDuration(text)).toEqual({ ok: true, ms }));

  it.each([
    ["", "empty duration string"],
    ["5", 'not a valid duration string: "5"'],
    ["1.5h", 'unknown unit "." in duration "1.5h"'],
    ["1m1h", 'not a valid duration string: "1m1h"'],
    ["300y", "duration out of range"],
  ])("refuses %j", (text, error) => expect(checkDuration(text)).toEqual({ ok: false, error }));

  it.each([
    [90_000, "1m30s"],
    [604_800_000, "1w"],
    [691_200_000, "8d"],
    [0, "0s"],
  ])("prints %d", (ms, text) => expect(printDuration(ms)).toBe(text));
});

describe("time.Duration", () => {
  it.each([
    ["1.5h", 5_400_000],
    ["-2m", -120_000],
  ])("reads %s", (text, ms) => expect(checkGoDuration(text)).toEqual({ ok: true, ms }));

  it("wants a unit", () => {
    expect(checkGoDuration("60")).toEqual({ ok: false, error: 'time: missing unit in duration "60"' });
  });
});

describe("quoting", () => {
  it.each(["plain", 'a"b\\c', "tab\tline\n", "🙂 é \u0001"])("of %j comes back", (text) => {
    expect(goUnquote(goQuote(text))).toBe(text);
  });

  it("refuses bytes that are no UTF-8", () => expect(goUnquote('"\\xff"')).toBeNull());
});

describe("URLs", () => {
  it.each([
    ["ftp://x", 'unsupported scheme "ftp" for URL'],
    ["", 'unsupported scheme "" for URL'],
    ["http://", "missing host for URL"],
    ["http://h:port", 'parse "http://h:port": invalid port ":port" after host'],
    ["http://h/%zz", 'parse "http://h/%zz": invalid URL escape "%zz"'],
  ])("refuses %j", (text, error) => expect(checkUrl(text)).toEqual({ ok: false, error }));
});
