import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConfigDocument } from "../config/types";
import { mergeDocuments } from "./merge-documents";

const base: ConfigDocument = {
  config: {
    route: {
      id: "root",
      receiver: "a",
      routes: [
        { id: "r1", receiver: "a" },
        { id: "r2", receiver: "b" },
      ],
    },
    receivers: [
      { id: "a", name: "a", slack_configs: [{ id: "s", channel: "#a", title: "t" }] },
      { id: "b", name: "b" },
      { id: "c", name: "c" },
    ],
  },
  templates: [{ name: "x.tmpl", content: "1" }],
  source: null,
};

function edit(change: (document: ConfigDocument) => unknown): ConfigDocument {
  const document = structuredClone(base);
  change(document);
  return document;
}

describe("mergeDocuments", () => {
  it("joins fields of one integration that two people changed", () => {
    const mine = edit(({ config }) => Object.assign(config.receivers![0]!.slack_configs![0]!, { channel: "#mine" }));
    const theirs = edit(({ config }) => Object.assign(config.receivers![0]!.slack_configs![0]!, { title: "theirs" }));
    const { document, conflicts } = mergeDocuments(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(document.config.receivers![0]!.slack_configs).toEqual([{ id: "s", channel: "#mine", title: "theirs" }]);
  });

  it("keeps mine and tells where both changed the same", () => {
    const mine = edit(({ config }) => Object.assign(config.receivers![0]!.slack_configs![0]!, { channel: "#mine" }));
    const theirs = edit(({ config }) =>
      Object.assign(config.receivers![0]!.slack_configs![0]!, { channel: "#theirs" }),
    );
    const { document, conflicts } = mergeDocuments(base, mine, theirs);
    expect(document.config).toEqual(mine.config);
    expect(conflicts).toEqual([
      {
        path: ["receivers", 0, "slack_configs", 0, "channel"],
        label: "receivers[0].slack_configs[0].channel",
        base: "#a",
        mine: "#mine",
        theirs: "#theirs",
      },
    ]);
  });

  it("follows things by id: one adds in front, the other edits and removes", () => {
    const mine = edit(({ config }) => config.receivers!.unshift({ id: "n", name: "new" }));
    const theirs = edit(({ config }) => {
      Object.assign(config.receivers![1]!, { labels: { team: "b" } });
      config.receivers!.splice(2, 1);
      config.route!.routes!.reverse();
    });
    const { document, conflicts } = mergeDocuments(base, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(document.config.receivers!.map(({ id, labels }) => [id, labels?.team])).toEqual([
      ["n", undefined],
      ["a", undefined],
      ["b", "b"],
    ]);
    expect(document.config.route!.routes!.map(({ id }) => id)).toEqual(["r2", "r1"]);
  });

  it("tells when one removed what the other changed, both ways", () => {
    const removed = edit(({ config }) => config.receivers!.splice(1, 1));
    const changed = edit(({ config }) => Object.assign(config.receivers![1]!, { labels: { x: "y" } }));
    const first = mergeDocuments(base, removed, changed);
    expect(first.conflicts).toMatchObject([{ path: ["receivers", 2], theirs: { id: "b" } }]);
    expect(first.conflicts[0]).not.toHaveProperty("mine");
    const second = mergeDocuments(base, changed, removed);
    expect(second.conflicts).toMatchObject([{ path: ["receivers", 1], mine: { id: "b" } }]);
    expect(second.document.config.receivers).toHaveLength(3);
  });

  it("takes a side when only one moved, and both new template files", () => {
    const mine = edit(({ templates }) => templates.push({ name: "m.tmpl", content: "m" }));
    const theirs = edit(({ templates }) => templates.push({ name: "t.tmpl", content: "t" }));
    expect(mergeDocuments(base, mine, theirs).document.templates.map(({ name }) => name)).toEqual([
      "x.tmpl",
      "m.tmpl",
      "t.tmpl",
    ]);
  });

  it("gives the other side whenever one side is the base", () => {
    const receivers = fc.uniqueArray(fc.record({ id: fc.constantFrom("a", "b", "c", "d", "e"), name: fc.string() }), {
      selector: ({ id }) => id,
    });
    const document = receivers.map((list): ConfigDocument => ({ ...base, config: { receivers: list } }));
    fc.assert(
      fc.property(document, document, (one, other) => {
        expect(mergeDocuments(one, one, other)).toEqual({ document: other, conflicts: [] });
        expect(mergeDocuments(one, other, one)).toEqual({ document: other, conflicts: [] });
        expect(mergeDocuments(one, other, other)).toEqual({ document: other, conflicts: [] });
      }),
    );
  });
});
