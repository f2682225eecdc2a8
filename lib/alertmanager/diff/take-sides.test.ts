import { describe, expect, it } from "vitest";
import type { ConfigDocument, Conflict } from "@/lib/alertmanager";
import { takeSides } from "./take-sides";

const merged: ConfigDocument = {
  config: {
    route: { id: "r", receiver: "mine" },
    receivers: [{ id: "a", name: "mine" }],
    templates: ["templates/*.tmpl"],
  },
  templates: [
    { name: "a.tmpl", content: "mine" },
    { name: "b.tmpl", content: "untouched" },
  ],
  source: null,
};
const template: Conflict = {
  path: ["templates", "a.tmpl"],
  label: "a.tmpl",
  base: "base",
  mine: "mine",
  theirs: "theirs",
  template: true,
};
const contents = ({ templates }: ConfigDocument) =>
  Object.fromEntries(templates.map(({ name, content }) => [name, content]));

describe("taking sides", () => {
  it("writes a template file to the document's files and leaves the config alone", () => {
    const next = takeSides(merged, [template], { 0: "theirs" });
    expect(contents(next)).toEqual({ "a.tmpl": "theirs", "b.tmpl": "untouched" });
    expect(next.config).toBe(merged.config);
  });

  it("takes a template file away that they removed, and brings back one that I removed", () => {
    const { theirs: _theirs, ...removedByThem } = template;
    expect(contents(takeSides(merged, [removedByThem], { 0: "theirs" }))).toEqual({ "b.tmpl": "untouched" });
    const { mine: _mine, ...removedByMe } = template;
    const without = { ...merged, templates: merged.templates.slice(1) };
    expect(contents(takeSides(without, [removedByMe], { 0: "theirs" }))).toEqual(
      contents(takeSides(merged, [template], { 0: "theirs" })),
    );
  });

  it("keeps mine where nothing is said", () => {
    expect(takeSides(merged, [template], {})).toBe(merged);
    expect(takeSides(merged, [template], { 0: "mine" })).toBe(merged);
  });

  it("writes their value in place, and appends what I removed", () => {
    const next = takeSides(
      merged,
      [
        { path: ["receivers", 1], label: "theirs", theirs: { id: "b", name: "theirs" } },
        { path: ["route", "receiver"], label: "receiver", mine: "mine", theirs: "theirs" },
      ],
      { 0: "theirs", 1: "theirs" },
    );
    expect(next.config.route?.receiver).toBe("theirs");
    expect(next.config.receivers?.map(({ name }) => name)).toEqual(["mine", "theirs"]);
  });
});
