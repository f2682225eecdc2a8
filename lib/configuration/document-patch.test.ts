import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConfigDocument } from "@/lib/alertmanager";
import { applyEdits, documentEdits } from "./document-patch";

const json = fc.jsonValue({ maxDepth: 4 });
const receiver = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  name: fc.string(),
  slack_configs: fc.array(json),
});
const document = fc.record({
  config: fc.record({ global: json, receivers: fc.array(receiver), route: json }, { requiredKeys: [] }),
  templates: fc.array(fc.record({ name: fc.constantFrom("a.tmpl", "b.tmpl", "c.tmpl"), content: fc.string() })),
  source: fc.option(fc.string({ unit: "grapheme" })),
}) as unknown as fc.Arbitrary<ConfigDocument>;

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("documentEdits", () => {
  it("leads from any document to any other", () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const edits = plain(documentEdits(before, after));
        expect(plain(applyEdits(plain(before), edits))).toEqual(plain(after));
      }),
      { numRuns: 500 },
    );
  });

  it("is empty between equal documents, whatever the order of their keys", () => {
    const before = { config: { global: { a: 1, b: 2 } }, templates: [], source: null };
    const after = { config: { global: { b: 2, a: 1 } }, templates: [], source: null };
    expect(documentEdits(before, after)).toEqual([]);
  });

  it("tells what was typed into a text, not the whole text", () => {
    const before = { config: {}, templates: [], source: "route:\n  receiver: a\n" };
    const after = { ...before, source: "route:\n  receiver: ab\n" };
    expect(documentEdits(before, after)).toEqual([{ at: ["source"], text: { from: 20, remove: 0, insert: "b" } }]);
  });

  it("keeps the order of keys", () => {
    const before: ConfigDocument = { config: {}, templates: [], source: null };
    const after: ConfigDocument = { ...before, config: { global: { zz: "1", a: "2", mm: "3" } } };
    expect(JSON.stringify(applyEdits(before, documentEdits(before, after)))).toBe(JSON.stringify(after));
  });
});
