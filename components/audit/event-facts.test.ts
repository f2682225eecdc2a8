import { describe, expect, it } from "vitest";
import { eventFacts, isEdit, isErased, valueText } from "./event-facts";

describe("what an event tells", () => {
  it("is what was and what is now", () => {
    expect(eventFacts({ before: "editor", after: "admin", source: "oidc" })).toEqual({
      changes: [{ name: "value", before: "editor", after: "admin" }],
      facts: [{ name: "source", value: "oidc" }],
    });
  });

  it("finds what is now under the name that the event gives it", () => {
    expect(eventFacts({ title: "New", before: "Old" })).toMatchObject({
      changes: [{ name: "title", before: "Old", after: "New" }],
      facts: [],
    });
    expect(eventFacts({ before: null, after: { parts: ["a"] } }).changes).toEqual([
      { name: "value", before: null, after: { parts: ["a"] } },
    ]);
  });

  it("names only what differs of two objects", () => {
    const before = { receivers: 3, routes: 5, gone: true };
    expect(eventFacts({ before, after: { receivers: 4, routes: 5 } }).changes).toEqual([
      { name: "receivers", before: 3, after: 4 },
      { name: "gone", before: true, after: undefined },
    ]);
  });

  it("leaves out whole documents and steps of edits, which the server tells apart", () => {
    const data = { edits: [{ at: ["config"], unset: true }], changes: [], document: "{}", subject: "pager" };
    expect(eventFacts(data)).toEqual({ changes: [], facts: [{ name: "subject", value: "pager" }] });
    expect(isEdit({ streamType: "change", data })).toBe(true);
    expect(isEdit({ streamType: "change", data: {} })).toBe(false);
    expect(isEdit({ streamType: "member", data })).toBe(false);
  });

  it("reads as words, or as JSON", () => {
    expect([null, undefined, "", "a", 7, false].map(valueText)).toEqual([
      undefined,
      undefined,
      undefined,
      "a",
      "7",
      "false",
    ]);
    expect(valueText({ a: [1] })).toBe('{\n "a": [\n  1\n ]\n}');
  });
});

it("knows words whose writer was erased from words about that", () => {
  expect(isErased({ erased: "0b9f" })).toBe(true);
  for (const value of [{ erased: "0b9f", text: "x" }, { erased: 1 }, "erased", null])
    expect(isErased(value)).toBe(false);
});
