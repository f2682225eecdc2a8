import { describe, expect, it } from "vitest";
import type { Config, Route } from "@/lib/alertmanager";
import { setAt } from "../fields/set-at";
import { removeRoutes } from "./route-batch";
import {
  addRoute,
  indentRoute,
  inherited,
  inheritedFromAbove,
  keepRows,
  moveRoute,
  moveRouteTo,
  outdentRoute,
  type Place,
  rowsOf,
} from "./route-edits";

const config: Config = {
  route: {
    id: "root",
    receiver: "default",
    group_wait: "10s",
    routes: [
      { id: "a", receiver: "db", routes: [{ id: "a1", group_by: [] }] },
      { id: "b", repeat_interval: "1h" },
    ],
  },
};
const shape = (next: Config) =>
  next.route ? rowsOf(next.route).map(({ route, number }) => `${number}:${route.id}`) : [];

describe("the tree of routes", () => {
  it("numbers its rows in the order of evaluation", () => {
    expect(shape(config)).toEqual([":root", "1:a", "1.1:a1", "2:b"]);
  });

  it("adds, moves and removes", () => {
    const add = (id: string, place: Place) => shape(addRoute(config, { id: "new" }, { id, place }));
    expect(add("a", "child")).toEqual([":root", "1:a", "1.1:a1", "1.2:new", "2:b"]);
    expect(add("a", "before")).toEqual([":root", "1:new", "2:a", "2.1:a1", "3:b"]);
    expect(add("a1", "after")).toEqual([":root", "1:a", "1.1:a1", "1.2:new", "2:b"]);
    expect(add("root", "before")).toEqual(shape(config));
    expect(shape(moveRoute(config, "b", -1))).toEqual([":root", "1:b", "2:a", "2.1:a1"]);
    expect(shape(moveRoute(config, "b", 1))).toEqual(shape(config));
    expect(shape(moveRoute(config, "root", 1))).toEqual(shape(config));
    const removed = removeRoutes(config, new Set(["a1"]));
    expect(shape(removed)).toEqual([":root", "1:a", "2:b"]);
    expect(removed.route?.routes?.[0]).not.toHaveProperty("routes");
  });

  it("moves next to or into any other route, with all that is below it", () => {
    const move = (id: string, target: string, place: Place) => moveRouteTo(config, id, { id: target, place });
    expect(shape(move("a", "b", "after"))).toEqual([":root", "1:b", "2:a", "2.1:a1"]);
    expect(shape(move("a", "b", "child"))).toEqual([":root", "1:b", "1.1:a", "1.1.1:a1"]);
    expect(shape(move("a1", "a", "before"))).toEqual([":root", "1:a1", "2:a", "3:b"]);
    expect(shape(move("b", "a1", "before"))).toEqual([":root", "1:a", "1.1:b", "1.2:a1"]);
  });

  it("moves neither into itself nor beside the root", () => {
    for (const [id, target, place] of [
      ["a", "a1", "child"],
      ["a", "a", "after"],
      ["b", "root", "before"],
      ["root", "b", "after"],
      ["b", "nowhere", "after"],
    ] as const) {
      expect(moveRouteTo(config, id, { id: target, place })).toEqual(config);
    }
  });

  it("moves in and out of the neighbour above", () => {
    const inside = indentRoute(config, "b");
    expect(shape(inside)).toEqual([":root", "1:a", "1.1:a1", "1.2:b"]);
    expect(shape(outdentRoute(inside, "b"))).toEqual(shape(config));
    expect(shape(outdentRoute(config, "a"))).toEqual(shape(config));
    expect(shape(indentRoute(config, "a"))).toEqual(shape(config));
  });
});

describe("rows that look the same", () => {
  const rowsAfter = (change: (config: Config) => Config) => {
    const before = rowsOf(config.route as Route);
    const after = rowsOf(change(config).route as Route);
    return keepRows(before, after).flatMap((row) => (before.includes(row) ? [] : [row.route.id]));
  };

  it("stay the same objects, except those that were edited or show something of it", () => {
    expect(rowsAfter((current) => setAt(current, ["route", "routes", 1, "repeat_interval"], "2h"))).toEqual([
      "root",
      "b",
    ]);
    expect(rowsAfter((current) => setAt(current, ["route", "routes", 0, "receiver"], "dba"))).toEqual([
      "root",
      "a",
      "a1",
    ]);
    expect(rowsAfter((current) => setAt(current, ["route", "group_wait"], "1s"))).toEqual(["root", "a", "a1", "b"]);
    expect(rowsAfter((current) => removeRoutes(current, new Set(["a"])))).toEqual(["root", "b"]);
    expect(rowsAfter((current) => current)).toEqual([]);
  });
});

it("of 5,000 routes an edit makes two rows anew, in less than a frame or a few", () => {
  const routes = Array.from(
    { length: 5_000 },
    (_, index): Route => ({ id: `${index}`, matchers: [`team="${index}"`] }),
  );
  const many: Config = { route: { id: "root", receiver: "default", routes } };
  const before = rowsOf(many.route as Route);
  const next = setAt(many, ["route", "routes", 2_500, "receiver"], "other");
  const took = Array.from({ length: 5 }, () => {
    const start = performance.now();
    const kept = keepRows(before, rowsOf(next.route as Route));
    expect(kept.filter((row, index) => row !== before[index]).map(({ number }) => number)).toEqual(["", "2501"]);
    return performance.now() - start;
  });
  expect(Math.min(...took)).toBeLessThan(100);
});

describe("an inherited value", () => {
  const rows = config.route ? rowsOf(config.route) : [];
  const row = (id: string) => {
    const found = rows.find(({ route }) => route.id === id);
    if (!found) throw new Error(id);
    return found;
  };

  it("comes from the nearest route above, else from Alertmanager", () => {
    expect(inherited(row("a1"), "receiver")).toEqual({ value: "db", own: false, from: "1" });
    expect(inherited(row("b"), "repeat_interval")).toEqual({ value: "1h", own: true, from: "2" });
    expect(inherited(row("a1"), "group_wait")).toEqual({ value: "10s", own: false, from: "" });
    expect(inherited(row("a1"), "group_interval")).toEqual({ value: "5m", own: false, from: "default" });
  });

  it("can be an empty list on purpose", () => {
    expect(inherited(row("a1"), "group_by")).toEqual({ value: [], own: true, from: "1.1" });
  });

  it("is offered to a form with the route that says it", () => {
    expect(inheritedFromAbove(row("a1"), "receiver")).toEqual({ value: "db", from: "1" });
    expect(inheritedFromAbove(row("b"), "group_wait")).toEqual({ value: "10s", from: "" });
    expect(inheritedFromAbove(row("a"), "receiver")).toEqual({ value: "default", from: "" });
    expect(inheritedFromAbove(row("b"), "group_interval")).toBeUndefined();
    expect(inheritedFromAbove(row("root"), "group_wait")).toBeUndefined();
    expect(inheritedFromAbove(row("a1"), "continue")).toBeUndefined();
  });
});

describe("what limits leave of it", () => {
  const tree: Route = {
    id: "root",
    routes: [
      { id: "db", routes: [{ id: "db1", routes: [{ id: "inner" }] }] },
      { id: "web", routes: [{ id: "web1" }] },
    ],
  };
  const rights = (granted: string[] | null) =>
    Object.fromEntries(rowsOf(tree, granted && new Set(granted)).map(({ route, right }) => [route.id, right]));

  it("is everything below a granted route, its top without its gate, and nothing else", () => {
    const [none, all] = ["none", "all"];
    expect(rights(null)).toEqual({ root: all, db: all, db1: all, inner: all, web: all, web1: all });
    expect(rights(["db", "inner"])).toEqual({ root: none, db: "top", db1: all, inner: all, web: none, web1: none });
    expect(rights(["root"])).toEqual({ root: "top", db: all, db1: all, inner: all, web: all, web1: all });
    expect(new Set(Object.values(rights([])))).toEqual(new Set(["none"]));
  });

  it("draws a row anew when its lock comes or goes", () => {
    const before = rowsOf(tree, new Set(["db"]));
    expect(keepRows(before, rowsOf(tree, new Set(["db"])))).toEqual(before);
    const kept = keepRows(before, rowsOf(tree, new Set(["web"])));
    expect(kept.filter((row, index) => row === before[index]).map(({ route }) => route.id)).toEqual(["root"]);
  });
});
