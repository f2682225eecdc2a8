import { describe, expect, it } from "vitest";
import { decodeBase64Url, encodeBase64 } from "./base64";
import { sprintf } from "./sprintf";
import { bool, float, int, string, strings, type Value } from "./value";

describe("fmt.Sprintf", () => {
  it.each<[string, Value[], string]>([
    ["%[2]d %[1]d", [int(1), int(2)], "2 1"],
    ["%[3]*.[2]*[1]f", [float(12), int(2), int(6)], " 12.00"],
    ["%-*d|", [int(4), int(7)], "7   |"],
    ["%*d|", [int(-4), int(7)], "7   |"],
    ["%*d", [string("x"), int(7)], "%!(BADWIDTH)7"],
    ["%.*f", [int(-1), float(1)], "%!(BADPREC)1.000000"],
    ["%[9]d", [int(1)], "%!d(BADINDEX)"],
    ["%[x]d", [int(1)], "%!d(BADINDEX)"],
    ["%", [], "%!(NOVERB)"],
    ["%d", [], "%!d(MISSING)"],
    ["%d", [int(1), string("a")], "1%!(EXTRA string=a)"],
    ["%z", [int(3)], "%!z(int=3)"],
    ["%d", [string("a")], "%!d(string=a)"],
    ["100%%", [], "100%"],
  ])("%j", (format, operands, text) => expect(sprintf(format, operands)).toBe(text));

  it.each<[string, number, string]>([
    ["%b", 1, "4503599627370496p-52"],
    ["%x", 1.5, "0x1.8p+00"],
    ["%X", -1.5, "-0X1.8P+00"],
    ["%.1x", 1.96875, "0x1.0p+01"],
    ["%x", 0, "0x0p+00"],
    ["%.2x", 0, "0x0.00p+00"],
    ["%#g", 1, "1.00000"],
    ["%#.3g", 100, "100."],
    ["%#.0f", 2, "2."],
    ["%+.2e", 12345.678, "+1.23e+04"],
    ["% .1f", 2.25, " 2.2"],
    ["%06.2f", -1.5, "-01.50"],
    ["%08f", Number.POSITIVE_INFINITY, "    +Inf"],
    ["%f", Number.NaN, "NaN"],
    ["%+f", Number.NaN, "+NaN"],
    ["%g", 1e21, "1e+21"],
    ["%v", 0.000001, "1e-06"],
  ])("%s of %d", (format, value, text) => expect(sprintf(format, [float(value)])).toBe(text));

  it.each<[string, Value, string]>([
    ["%t", bool(true), "true"],
    ["%6t|", bool(false), " false|"],
    ["%q", strings(["a", "b c"]), '["a" "b c"]'],
    ["%x", string("hé"), "68c3a9"],
    ["% X", string("hé"), "68 C3 A9"],
    ["%#x", string("hi"), "0x6869"],
    ["%.2s", string("abc"), "ab"],
    ["%#q", string("a`b"), '"a`b"'],
    ["%#q", string("ab"), "`ab`"],
    ["%U", int(0x1f642), "U+1F642"],
    ["%#U", int(0x41), "U+0041 'A'"],
    ["%c", int(0x41), "A"],
    ["%#b", int(5), "0b101"],
    ["%#o", int(8), "010"],
    ["%O", int(8), "0o10"],
    ["%+d", int(3), "+3"],
    ["%.3d", int(7), "007"],
    ["%.0d", int(0), ""],
  ])("%j of case %#", (format, value, text) => {
    const bytes =
      value?.type.kind === "string" ? { ...value, data: Buffer.from(String(value.data)).toString("latin1") } : value;
    expect(sprintf(format, [bytes])).toBe(text);
  });
});

describe("base64", () => {
  it.each(["", "f", "fo", "foo", "foob", "fooba", "foobar", "\xfb\xff\xfe"])("of %j comes back", (bytes) => {
    expect(encodeBase64(bytes, "standard")).toBe(Buffer.from(bytes, "latin1").toString("base64"));
    expect(decodeBase64Url(encodeBase64(bytes, "url"))).toEqual({ ok: true, bytes });
  });

  it("passes over line breaks", () => {
    expect(decodeBase64Url("Zm\r\n9v\nYg=\n=\n")).toEqual({ ok: true, bytes: "foob" });
  });

  it.each([
    ["Zg", 0],
    ["Zm9vZ", 4],
    ["Zg=", 3],
    ["Zg=x", 2],
    ["Z===", 1],
    ["Zg==Zg==", 4],
    ["Zm9+", 3],
  ])("%j is corrupt at %d", (text, offset) => expect(decodeBase64Url(text)).toEqual({ ok: false, offset }));
});
