import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LiveText } from "./live-text";
import { type TextChange, textChange } from "./text-change";

const apply = (text: string, { from, to, insert }: TextChange) => text.slice(0, from) + insert + text.slice(to);

function versions(texts: readonly string[]): LiveText[] {
  const made = [LiveText.of(texts[0] ?? "")];
  for (const [index, text] of texts.slice(1).entries()) {
    const last = made[index] ?? LiveText.of("");
    made.push(last.edited(textChange(texts[index] ?? "", text)));
  }
  return made;
}

describe("LiveText", () => {
  const text = fc.string({ maxLength: 8, unit: fc.constantFrom("a", "b", "\n") });

  it("reads as what its edits made of it, in whatever order it is read", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 90 }), fc.infiniteStream(fc.nat()), (texts, order) => {
        const made = versions(texts);
        for (const _ of texts) {
          const at = (order.next().value ?? 0) % texts.length;
          expect(made[at]?.read()).toBe(texts[at]);
        }
        expect(made.map((version) => version.read())).toEqual(texts);
      }),
    );
  });

  it("tells whoever shows an older version what to do, also several versions later", () => {
    const texts = ["a: 1\n", "a: 12\n", "a: 12\nb: 2\n", "b: 2\n"];
    const made = versions(texts);
    const [first, , , last] = made;
    if (!first || !last) throw new Error("no versions");
    expect(last.editsSince(first)?.reduce(apply, "a: 1\n")).toBe("b: 2\n");
    expect(last.editsSince(last)).toEqual([]);
    expect(first.editsSince(last)).toBeNull();
    expect(last.editsSince(LiveText.of("a: 1\n"))).toBeNull();
  });

  it("does not keep its whole past", () => {
    const texts = Array.from({ length: 200 }, (_, index) => "x".repeat(index));
    const made = versions(texts);
    const [first] = made;
    expect(first && made.at(-1)?.editsSince(first)).toBeNull();
    expect(made.at(-1)?.read()).toBe(texts.at(-1));
  });
});
