import { describe, expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import {
  addRoute,
  indentRoute,
  inherited,
  inheritedFromAbove,
  moveRoute,
  outdentRoute,
  removeRoute,
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
    expect(shape(addRoute(config, "a", { id: "a2" }))).toEqual([":root", "1:a", "1.1:a1", "1.2:a2", "2:b"]);
    expect(shape(moveRoute(config, "b", -1))).toEqual([":root", "1:b", "2:a", "2.1:a1"]);
    expect(shape(moveRoute(config, "b", 1))).toEqual(shape(config));
    expect(shape(moveRoute(config, "root", 1))).toEqual(shape(config));
    const removed = removeRoute(config, "a1");
    expect(shape(removed)).toEqual([":root", "1:a", "2:b"]);
    expect(removed.route?.routes?.[0]).not.toHaveProperty("routes");
  });

  it("moves in and out of the neighbour above", () => {
    const inside = indentRoute(config, "b");
    expect(shape(inside)).toEqual([":root", "1:a", "1.1:a1", "1.2:b"]);
    expect(shape(outdentRoute(inside, "b"))).toEqual(shape(config));
    expect(shape(outdentRoute(config, "a"))).toEqual(shape(config));
    expect(shape(indentRoute(config, "a"))).toEqual(shape(config));
  });
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
