import { describe, expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import { duplicateRoutes, moveRoutes, removeRoutes, setReceiver, topmost } from "./route-batch";
import { rowsOf } from "./route-edits";

const config: Config = {
  route: {
    id: "root",
    receiver: "default",
    routes: [
      { id: "a", receiver: "db", routes: [{ id: "a1" }, { id: "a2", receiver: "x" }] },
      { id: "b" },
      { id: "c", routes: [{ id: "c1" }] },
    ],
  },
};
const shape = ({ route }: Config) => (route ? rowsOf(route).map(({ route: { id }, number }) => `${number}:${id}`) : []);
const ids = (...all: string[]) => new Set(all);

describe("several routes at once", () => {
  it("are those that stand below no other of them, and never the root", () => {
    expect(config.route && topmost(config.route, ids("root", "c1", "a", "a1")).map(({ id }) => id)).toEqual([
      "a",
      "c1",
    ]);
  });

  it("are removed with what is below them; all else stays the same object", () => {
    const removed = removeRoutes(config, ids("root", "a1", "b"));
    expect(shape(removed)).toEqual([":root", "1:a", "1.1:a2", "2:c", "2.1:c1"]);
    expect(removed.route?.routes?.[1]).toBe(config.route?.routes?.[2]);
    expect(removeRoutes(config, ids("c1")).route?.routes?.[2]).not.toHaveProperty("routes");
    expect(removeRoutes(config, ids("nobody"))).toBe(config);
  });

  it("are moved in their order, but not into themselves", () => {
    expect(shape(moveRoutes(config, ids("c1", "a2", "b"), "a1"))).toEqual([
      ":root",
      "1:a",
      "1.1:a1",
      "1.1.1:a2",
      "1.1.2:b",
      "1.1.3:c1",
      "2:c",
    ]);
    expect(shape(moveRoutes(config, ids("a2", "c1"), "root"))).toContain("4:a2");
    expect(moveRoutes(config, ids("a", "b"), "a1")).toBe(config);
    expect(moveRoutes(config, ids("a"), "gone")).toBe(config);
  });

  it("get a receiver, or inherit it", () => {
    const receivers = (of: Config) => (of.route ? rowsOf(of.route).map(({ route }) => route.receiver ?? "-") : []);
    expect(receivers(setReceiver(config, ids("root", "a1", "c1"), "new"))).toEqual([
      "new",
      "db",
      "new",
      "x",
      "-",
      "-",
      "new",
    ]);
    expect(receivers(setReceiver(config, ids("root", "a", "a2"), ""))).toEqual([
      "default",
      "-",
      "-",
      "-",
      "-",
      "-",
      "-",
    ]);
  });

  it("are copied with new ids, each copy behind its original", () => {
    let count = 0;
    const copied = duplicateRoutes(config, ids("a", "a1", "c1"), () => `new${count++}`);
    expect(shape(copied)).toEqual([
      ":root",
      "1:a",
      "1.1:a1",
      "1.2:a2",
      "2:new0",
      "2.1:new1",
      "2.2:new2",
      "3:b",
      "4:c",
      "4.1:c1",
      "4.2:new3",
    ]);
    expect(copied.route?.routes?.[1]).toMatchObject({ receiver: "db", routes: [{}, { receiver: "x" }] });
  });
});
