import { describe, expect, it } from "vitest";
import { eventFacts, valueText } from "./event-facts";

describe("what an event tells", () => {
  it("is what was and what is now", () => {
    expect(eventFacts({ before: "editor", after: "admin", source: "oidc" })).toEqual({
      changes: [{ name: "value", before: "editor", after: "admin" }],
      facts: [{ name: "source", value: "oidc" }],
      edits: [],
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

  it("is where an edit set something, and what; whole documents are left out", () => {
    const edits = [
      { at: ["config", "receivers", 0, "name"], set: '"pager"' },
      { at: ["config", "global"], unset: true },
      { at: ["config", "routes"], items: { from: 0, remove: 1, insert: '[{"receiver":"a"}]' } },
      { at: ["templates", "a.tmpl"], text: { from: 3, remove: 0, insert: "{{ x" } },
      "nonsense",
    ];
    expect(eventFacts({ edits, document: "{}", subject: "pager" })).toEqual({
      changes: [],
      facts: [{ name: "subject", value: "pager" }],
      edits: [
        { at: "config.receivers.0.name", after: "pager" },
        { at: "config.global", after: undefined },
        { at: "config.routes", after: [{ receiver: "a" }] },
        { at: "templates.a.tmpl", after: "{{ x" },
      ],
    });
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
