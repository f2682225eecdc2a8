import { describe, expect, it } from "vitest";
import { type Bytes, toBytes } from "./bytes";
import { compileRe2 } from "./regexp";

function replaced(pattern: string, template: Bytes, text: Bytes): Bytes | null {
  const compiled = compileRe2(toBytes(pattern));
  return compiled.ok ? compiled.regexp.replaceAll(text, template, 1000) : compiled.error;
}

describe("ReplaceAllString", () => {
  it.each([
    ["", "<$0>", "a\xff", "<>a<>\xff<>"],
    [".", "[$0]", "\xe2\x82z", "[\xe2][\x82][z]"],
    ["é", "\xfe$0", "\xc3\xa9\xff", "\xfe\xc3\xa9\xff"],
    ["\\x{FFFD}", "x", "\xff\xef\xbf\xbd", "xx"],
    ["(a)|b", "<$1>", "ab", "<a><>"],
    ["(?P<n>a)", "$n$m$$", "a🙂", "a$🙂"],
  ])("of /%s/ with %j in %j keeps every byte", (pattern, template, text, result) => {
    const bytes = (given: string) => (/[^\0-\xff]/.test(given) ? toBytes(given) : given);
    expect(replaced(pattern, bytes(template), bytes(text))).toBe(bytes(result));
  });
});

describe("a byte that is no UTF-8", () => {
  it("is one character of a text", () => {
    const compiled = compileRe2("^..$");
    expect(compiled.ok && compiled.regexp.matches("\xe2\x82")).toBe(true);
  });

  it("is none in a pattern", () => {
    const error = "error parsing regexp: invalid UTF-8: `\xff\xc3\xa9+`";
    expect(compileRe2("a\xff\xc3\xa9+")).toEqual({ ok: false, error });
  });
});
