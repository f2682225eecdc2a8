import { describe, expect, it } from "vitest";
import { truncateRunes } from "./truncate";
import { truncateBytes } from "./truncate-bytes";

describe("truncateRunes", () => {
  it.each([
    ["abcd", 4, "abcd"],
    ["abcde", 4, "abc…"],
    ["🙂🙂🙂🙂🙂", 4, "🙂🙂🙂…"],
    ["abcde", 3, "abc"],
    ["ab\udcff", 3, "ab\udcff"],
    ["a\udcffbcd", 4, "a\ufffdb…"],
  ])("%j to %i is %j", (text, most, short) => expect(truncateRunes(text, most)).toBe(short));
});

describe("truncateBytes", () => {
  it("leaves what is short enough", () => expect(truncateBytes("é".repeat(5), 10)).toBe("é".repeat(5)));

  it("keeps whole characters and counts the mark", () => {
    expect(truncateBytes("a".repeat(12), 10)).toBe(`${"a".repeat(7)}…`);
    expect(truncateBytes("é".repeat(12), 10)).toBe("ééé…");
  });

  it("counts one for a byte that is no UTF-8, and three where it cuts", () => {
    expect(truncateBytes("\udcff".repeat(10), 10)).toBe("\udcff".repeat(10));
    expect(truncateBytes("\udcff".repeat(11), 10)).toBe("\ufffd\ufffd…");
  });

  it("dies where the text has fewer characters than the limit has bytes", () => {
    const text = "告".repeat(3000);
    expect(() => truncateBytes(text, 7439)).toThrow("slice bounds out of range [:7436] with capacity 3072");
  });
});
