import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeBase64Url, encodeBase64 } from "./base64";
import { type Bytes, fromByteArray, fromBytes, toByteArray, toBytes } from "./bytes";
import { formatFloat } from "./float";
import { jsonString } from "./json";
import { quoteBytes, unquoteBytes } from "./quote-bytes";
import { compileRe2 } from "./regexp";
import { sprintf } from "./sprintf";
import { trimSpace } from "./strings";
import { civilFromUnix, daysFromCivil, UTC } from "./time";
import { formatTime } from "./time-format";
import { parseTime } from "./time-parse";
import { float, int, string } from "./value";

const anyBytes = fc.uint8Array({ maxLength: 40 }).map(fromByteArray);
const anyText = fc.string({ unit: "binary", maxLength: 40 });
const holds = <Value>(values: fc.Arbitrary<Value>, judge: (value: Value) => void) =>
  fc.assert(
    fc.property(values, (value) => void judge(value)),
    { numRuns: 200 },
  );

it("text survives as bytes, and bytes as an array", () => {
  holds(anyText, (text) => expect(fromBytes(toBytes(text))).toBe(text));
  holds(anyBytes, (bytes: Bytes) => expect(fromByteArray(toByteArray(bytes))).toBe(bytes));
});

it("what is quoted can be unquoted", () => {
  holds(anyBytes, (bytes) => {
    expect(unquoteBytes(quoteBytes(bytes))).toBe(bytes);
    expect(unquoteBytes(quoteBytes(bytes, true))).toBe(bytes);
  });
});

it("the shortest form of a number reads back as the number", () => {
  holds(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
    for (const verb of ["e", "f", "g"] as const) expect(Number(formatFloat(value, verb, -1))).toBe(value);
  });
});

it("rounds as JavaScript does where both are exact", () => {
  const numbers = fc.tuple(fc.double({ min: -1e15, max: 1e15, noNaN: true }), fc.integer({ min: 0, max: 15 }));
  holds(numbers, ([value, digits]) => {
    // Halves are exact in few doubles; there Go rounds to even.
    if (/5$/.test(Math.abs(value).toFixed(Math.min(digits + 1, 15)))) return;
    expect(Number(formatFloat(value, "f", digits)) + 0).toBe(Number(value.toFixed(digits)) + 0);
  });
});

it("JSON strings say what JSON.stringify says", () => {
  holds(anyText, (text) => expect(JSON.parse(fromBytes(jsonString(toBytes(text))))).toBe(text));
});

it("base64 comes back", () => {
  holds(anyBytes, (bytes) => expect(decodeBase64Url(encodeBase64(bytes, "url"))).toEqual({ ok: true, bytes }));
  holds(anyText, (text) => expect(typeof decodeBase64Url(toBytes(text)).ok).toBe("boolean"));
});

it("a time that is written can be read", () => {
  const instants = fc.record({
    unix: fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }),
    nanosecond: fc.integer({ min: 0, max: 999_999_999 }),
  });
  holds(instants, ({ unix, nanosecond }) => {
    const time = { unix, nanosecond, zone: UTC };
    for (const layout of ["2006-01-02T15:04:05.999999999Z07:00", "Mon, 02 Jan 2006 03:04:05.000000000 PM MST"]) {
      expect(parseTime(layout, formatTime(time, layout))).toEqual({ ok: true, time });
    }
    const { year, month, day } = civilFromUnix(unix);
    expect(daysFromCivil(year, month, day)).toBe(Math.floor(unix / 86_400));
    expect(new Date(unix * 1000).getUTCDate()).toBe(day);
  });
});

it("printing never throws, whatever the format", () => {
  const formats = fc.string({ unit: fc.constantFrom(..."%[]0123456789+-# .*vdsqxXtbcoOUeEfFgGpTw\xc3é") });
  holds(formats, (format) => {
    expect(typeof sprintf(toBytes(format), [int(42), string("x"), float(2.5), null])).toBe("string");
  });
});

it("nothing but white space is trimmed", () => {
  holds(anyBytes, (bytes) => {
    const trimmed = trimSpace(bytes);
    expect(bytes.includes(trimmed)).toBe(true);
    expect(trimSpace(` \n${bytes}\t `)).toBe(trimmed);
  });
});

it("replacing what never matches changes nothing, and replacing by itself neither", () => {
  holds(anyText, (text) => {
    const bytes = toBytes(text);
    for (const pattern of ["[^\\x00-\\x{10FFFF}]", "(?s).", "a*", "\\b"]) {
      const compiled = compileRe2(pattern);
      expect(compiled.ok && compiled.regexp.replaceAll(bytes, "$0", 1e6)).toBe(bytes);
    }
  });
});
