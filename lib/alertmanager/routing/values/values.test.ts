import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRegexp } from "../../matchers";
import { accepts, automatonOf, samplesOf } from "./automaton";
import { readPattern } from "./pattern-syntax";
import {
  ANY_VALUE,
  complement,
  includes,
  intersect,
  isEmpty,
  isWithin,
  onlyValue,
  samples,
  valuesOf,
} from "./value-set";

const atom = fc.constantFrom(
  ...["a", "b", "ab", ".", "[ab]", "[^a]", "[a-c]", "\\w", "\\d", "\\.", "\\n", "^", "$", "\\A", "\\z", "é", "🙂", " "],
  ...[
    "[[:alpha:]]",
    "[^\\w]",
    "\\x61",
    "\\Qa.b\\E",
    "[]a]",
    "[a-]",
    "\\W",
    "(?:)",
    "\\141",
    "\\x{1F642}",
    "[^\\n]",
    "-",
  ],
);
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    atom,
    fc.tuple(tie("pattern"), tie("pattern")).map(([left, right]) => left + right),
    fc.tuple(tie("pattern"), tie("pattern")).map(([left, right]) => `${left}|${right}`),
    fc
      .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "*?", "{2}", "{1,}", "{0,2}"))
      .map(([inner, sign]) => `(?:${inner})${sign}`),
    fc
      .tuple(fc.constantFrom("(", "(?i:", "(?s:", "(?i)(", "(?P<n>", "(?-i:", "(?U)(?s)("), tie("pattern"))
      .map(([open, inner]) => `${open}${inner})`),
  ),
}));
const text = fc
  .array(fc.constantFrom("a", "b", "A", "c", "1", ".", "\n", "é", "🙂", " ", "-", "]", "_"), { maxLength: 6 })
  .map((chars) => chars.join(""));

describe("automata", () => {
  it("accept what RE2 matches as a whole, and nothing else", () => {
    let judged = 0;
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 1, maxLength: 20 }), (written, texts) => {
        const regexp = compileRegexp(written);
        if (!regexp.ok) return;
        const read = readPattern(written);
        const automaton = read && automatonOf(read);
        if (!automaton) return;
        judged++;
        for (const one of texts) expect([one, accepts(automaton, one)]).toEqual([one, regexp.test(one)]);
        for (const one of samplesOf(automaton, 5)) expect([one, regexp.test(one)]).toEqual([one, true]);
      }),
      { numRuns: 3_000 },
    );
    expect(judged).toBeGreaterThan(1_500);
  });

  it.each(["\\b", "\\pL", "(?m)^a", "(?i)é", "(?i)[à-é]", "a)|(?:b", "\\B", "(?:a{1000}){1000}"])(
    "leave %s to others",
    (written) => {
      const read = readPattern(written);
      expect(read && automatonOf(read)).toBeNull();
    },
  );

  it.each([
    ["(?i)k", ["k", "K", "\u212a"], ["s"]],
    ["(?i)[s-t]", ["S", "ſ", "T"], ["k"]],
    ["^(?:a|b)$", ["a", "b"], ["ab", ""]],
    ["$^", [""], ["a"]],
    ["a$b|c", ["c"], ["ab", "a"]],
    [".", ["é", "🙂"], ["\n", "", "ab"]],
    ["a{2,3}", ["aa", "aaa"], ["a", "aaaa"]],
    ["a{,2}", ["a{,2}"], ["", "a"]],
  ])("know %s", (written, inside, outside) => {
    const set = valuesOf({ op: "=~", value: written })!;
    for (const value of inside) expect([value, includes(set, value)]).toEqual([value, true]);
    for (const value of outside) expect([value, includes(set, value)]).toEqual([value, false]);
  });
});

describe("sets of values", () => {
  const matcher = fc.record({
    op: fc.constantFrom("=", "!=", "=~", "!~"),
    value: fc.constantFrom("a", "b", "", "ab", "a|b", "a.*", ".*b", "[ab]+", ".+", ".*", "(?i)a", "a?"),
  });

  it("meet, complement and compare as their members do", () => {
    fc.assert(
      fc.property(matcher, matcher, fc.array(text, { maxLength: 20 }), (one, other, texts) => {
        const [left, right] = [valuesOf(one)!, valuesOf(other)!];
        const both = intersect(left, right)!;
        const not = complement(left);
        for (const value of [...texts, "", "a", "ab", ...samples(left, 4), ...samples(right, 4)]) {
          expect(includes(both, value)).toBe(includes(left, value) && includes(right, value));
          expect(includes(not, value)).toBe(!includes(left, value));
          if (isWithin(left, right)) expect(includes(right, value) || !includes(left, value)).toBe(true);
          if (isEmpty(both)) expect(includes(left, value) && includes(right, value)).toBe(false);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ["a.*", "a|ab|.*", true],
    ["[ab]+", "[a-c]*", true],
    ["a.*", ".*b", false],
    [".*", "(?s).*", true],
    ["(?s).*", ".*", false],
  ])("%s within %s: %s", (inner, outer, expected) => {
    expect(isWithin(valuesOf({ op: "=~", value: inner })!, valuesOf({ op: "=~", value: outer })!)).toBe(expected);
  });

  it.each([
    ["(a)", "a"],
    ["[a]b", "ab"],
    ["^ab$", "ab"],
    ["a\\.b", "a.b"],
    ["a{3}", "aaa"],
    ["a|a", "a"],
    ["(?:)", ""],
    ["[a-c]", null],
    ["a.b", null],
    ["a|b", null],
    ["a?", null],
    ["a^", null],
  ])("=~%s has one value: %j", (written, expected) => {
    expect(onlyValue(valuesOf({ op: "=~", value: written })!)).toBe(expected);
  });

  it("of any label is anything, also nothing", () => {
    expect(samples(ANY_VALUE, 3)).toEqual(["", "other", "other-1"]);
    expect(onlyValue(complement(ANY_VALUE))).toBeNull();
  });
});
