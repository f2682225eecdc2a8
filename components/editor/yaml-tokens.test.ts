import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { opensBlock, yamlTokens } from "./yaml-tokens";

const read = (line: string) => yamlTokens(line).map(({ from, to, kind }) => `${kind}:${line.slice(from, to)}`);

describe("the colours of a line of YAML", () => {
  it("know keys, list dashes, numbers and words from text", () => {
    expect(read("    - receiver: team-1")).toEqual(["punctuation:-", "key:receiver", "punctuation::"]);
    expect(read("  max_alerts: 5")).toEqual(["key:max_alerts", "punctuation::", "constant:5"]);
    expect(read("send_resolved: true # yes")).toEqual([
      "key:send_resolved",
      "punctuation::",
      "constant:true",
      "comment:# yes",
    ]);
    expect(read('"a: b": x')).toEqual(['key:"a: b"', "punctuation::"]);
  });

  it("take no part of a value for a key or a comment", () => {
    expect(read("url: https://a.example/#top")).toEqual(["key:url", "punctuation::"]);
    expect(read("- 'cluster=~\"a#b: c\"'")).toEqual(["punctuation:-"]);
    expect(read("# note: this")).toEqual(["comment:# note: this"]);
    expect(read("by: [a, b]")).toEqual(["key:by", "punctuation::", "punctuation:[", "punctuation:,", "punctuation:]"]);
  });

  it("know what opens a block of text", () => {
    expect(["text: |", "- >-", "a: |2 # x"].map(opensBlock)).toEqual([true, true, true]);
    expect(["# text: |", "a: b|", "a: b"].map(opensBlock)).toEqual([false, false, false]);
  });

  it("never overlap, whatever the line", () => {
    const line = fc
      .array(fc.constantFrom("- ", "a", ":", " ", '"', "'", "#", "[", ",", "1", "true", "|", "\\"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(line, (text) => {
        let last = 0;
        for (const { from, to } of yamlTokens(text)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          last = to;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
