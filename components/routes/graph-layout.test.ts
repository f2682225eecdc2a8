import { describe, expect, it } from "vitest";
import type { Route } from "@/lib/alertmanager";
import { graphOf } from "./graph-layout";
import { rowsOf } from "./route-edits";

const root: Route = {
  id: "root",
  receiver: "default",
  routes: [
    { id: "a", receiver: "db", matchers: ['team="a"', 'zone="z"'], routes: [{ id: "a1" }, { id: "a2" }] },
    { id: "b", receiver: "default", match: { team: "b" } },
  ],
};

describe("the graph", () => {
  const { nodes, edges, shown } = graphOf(rowsOf(root), "");
  const at = (id: string) => nodes.find((node) => node.id === id);

  it("has every route once, deeper ones further right, later ones further down", () => {
    expect(shown).toBe(5);
    expect(at("a")?.x).toBeGreaterThan(at("root")?.x ?? 0);
    expect(at("a1")?.y).toBe(at("root")?.y);
    expect(at("a2")?.y).toBeGreaterThan(at("a1")?.y ?? 0);
    expect(at("b")?.y).toBeGreaterThan(at("a2")?.y ?? 0);
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length);
  });

  it("says at the way to a route what brings an alert there", () => {
    expect(edges.find(({ target }) => target === "a")).toMatchObject({ source: "root", label: 'team="a", zone="z"' });
    expect(edges.find(({ target }) => target === "b")?.label).toBe('team="b"');
  });

  it("leads from each route to its receiver, its own or an inherited one", () => {
    const sends = edges.filter(({ target }) => target.startsWith("receiver:"));
    expect(sends.map(({ source, target, inherited }) => [source, target, inherited])).toEqual([
      ["root", "receiver:default", false],
      ["a", "receiver:db", false],
      ["a1", "receiver:db", true],
      ["a2", "receiver:db", true],
      ["b", "receiver:default", false],
    ]);
    expect(nodes.filter(({ kind }) => kind === "receiver")).toHaveLength(2);
  });
});

describe("the graph of a large tree", () => {
  const routes = Array.from({ length: 10 }, (_, index): Route => {
    return { id: `${index}`, routes: [{ id: `${index}-1`, routes: [{ id: `${index}-1-1` }] }] };
  });
  const rows = rowsOf({ id: "root", receiver: "all", routes });
  const ids = (selected: string, most: number) =>
    graphOf(rows, selected, most).nodes.flatMap(({ id, kind }) => (kind === "route" ? [id] : []));

  it("holds its first levels", () => {
    expect(ids("", 11)).toEqual(["root", ...routes.map(({ id }) => id)]);
    expect(ids("", 12)).toContain("0-1");
  });

  it("or the selected route with the way to it and what is below it", () => {
    expect(ids("7-1", 11)).toEqual(["root", "7", "7-1", "7-1-1"]);
    expect(ids("9", 11)).toEqual(["root", "9", "9-1", "9-1-1"]);
    expect(ids("gone", 3)).toHaveLength(3);
  });
});
