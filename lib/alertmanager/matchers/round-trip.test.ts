import fc from "fast-check";
import { expect, it } from "vitest";
import type { Matcher } from "./matcher";
import { parseMatchers } from "./parse";
import { printMatcher, printMatchers } from "./print";

const text = fc.string({ unit: "grapheme", maxLength: 12 });
const odd = fc.constantFrom("a", "é", "🙂", "a b", 'q"', "\\", "\n", "\t", "{", "}", ",", "=", "a.b", "0x", "ä-ö", "`");
const matcher: fc.Arbitrary<Matcher> = fc.record({
  name: fc.oneof(
    fc.stringMatching(/^[a-z_]{1,5}$/),
    odd,
    text.filter((name) => name !== ""),
  ),
  op: fc.constantFrom("=" as const, "!=" as const),
  value: fc.oneof(odd, text, fc.constant("")),
});

it("reads back what it prints, alone and in braces", () => {
  fc.assert(
    fc.property(fc.array(matcher, { minLength: 1, maxLength: 3 }), (matchers) => {
      for (const dialect of ["utf8", "fallback"] as const) {
        expect(parseMatchers(printMatchers(matchers), dialect)).toEqual({ ok: true, matchers });
        for (const one of matchers) {
          expect(parseMatchers(printMatcher(one), dialect)).toEqual({ ok: true, matchers: [one] });
        }
      }
    }),
    { numRuns: 500 },
  );
});

it("reads back in the old syntax what it can name", () => {
  const classic = matcher.filter(({ name }) => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name));
  fc.assert(
    fc.property(classic, (one) => {
      expect(parseMatchers(printMatcher(one), "classic")).toEqual({ ok: true, matchers: [one] });
    }),
    { numRuns: 500 },
  );
});
