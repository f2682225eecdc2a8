import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textChange } from "./text-change";

const apply = (text: string, { from, to, insert }: ReturnType<typeof textChange>) =>
  text.slice(0, from) + insert + text.slice(to);

describe("textChange", () => {
  it("turns any text into any other", () => {
    const text = fc.string({ maxLength: 12, unit: fc.constantFrom("a", "b", "\n") });
    fc.assert(fc.property(text, text, (a, b) => apply(a, textChange(a, b)) === b));
  });

  it("touches only what differs, also in a long text", () => {
    const long = "receiver: team\n".repeat(20_000);
    const edited = `${long.slice(0, 150_000)}X${long.slice(150_000)}`;
    expect(textChange(long, edited)).toEqual({ from: 150_000, to: 150_000, insert: "X" });
    expect(textChange(edited, long)).toEqual({ from: 150_000, to: 150_001, insert: "" });
    expect(textChange(long, long)).toMatchObject({ from: long.length, insert: "" });
  });
});
