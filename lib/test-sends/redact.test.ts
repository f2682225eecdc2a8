import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Redactor } from "./redact";

const clean = (text: string, ...secrets: string[]) => new Redactor(secrets).clean(text);

describe("Redactor", () => {
  it.each([
    ["as it is", "a hunter2/x+y b"],
    ["percent-encoded", "a hunter2%2Fx%2By b"],
    ["in JSON", 'a "hunter2\\/x+y" b'],
    ["base64", `a ${Buffer.from("hunter2/x+y").toString("base64")} b`],
    ["base64 without padding", `a ${Buffer.from("hunter2/x+y").toString("base64").replace(/=+$/, "")} b`],
  ])("takes a secret out %s", (_how, text) => {
    expect(clean(text, "hunter2/x+y")).toMatch(/^a "?••••"?=? ?b?$/);
  });

  it("takes out what a secret address holds, and leaves its host", () => {
    const secret = "https://hooks.example/services/T0001/B0002/abcdefgh1234?token=tok1";
    expect(clean(`host hooks.example, ${secret}`, secret)).toBe("host hooks.example, ••••");
    expect(clean("no team abcdefgh1234, tok1", secret)).toBe("no team ••••, ••••");
    expect(clean("POST /services/T0001/B0002/abcdefgh1234?token=tok1", secret)).toBe("POST /••••");
  });

  it("takes the longest first, so that no rest is left", () => {
    expect(clean("abcdef", "abc", "abcdef")).toBe("••••");
  });

  it("cuts after cleaning: half a secret is not left at the end", () => {
    const text = `${"x".repeat(1_995)}hunter2hunter2`;
    const clipped = new Redactor(["hunter2hunter2"]).clip(text);
    expect([clipped.length, /hunt/.test(clipped)]).toEqual([1_999, false]);
    expect(new Redactor([]).clip("x".repeat(5_000))).toHaveLength(2_000);
    expect(new Redactor([]).clip("a\u0000b\u001b[31m\n\tc")).toBe("ab[31m\n\tc");
  });

  it("leaves no secret of any text", () => {
    const secret = fc
      .string({ minLength: 5, maxLength: 40 })
      .filter((text) => text.trim().length > 4 && !/•/.test(text));
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
        expect(clean(before + value + after, value)).not.toContain(value.trim());
      }),
      { numRuns: 300 },
    );
  });
});
