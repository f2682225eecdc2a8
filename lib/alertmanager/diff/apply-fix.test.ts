import { describe, expect, it } from "vitest";
import type { Config, Json } from "../config/types";
import { applyFix, setAt } from "./apply-fix";

const config = {
  route: { receiver: "a", routes: [{ receiver: "a" }, { receiver: "b" }, { receiver: "c" }] },
  receivers: [{ name: "a", slack_configs: [{ channel: "#a", title: "t" }] }, { name: "b" }],
} as unknown as Config;
const frozen = (value: unknown): void => {
  if (value === null || typeof value !== "object") return;
  Object.values(value).forEach(frozen);
  Object.freeze(value);
};
frozen(config);

describe("applyFix", () => {
  it("writes where the edits say, and shares what it does not touch", () => {
    const fixed = applyFix(config, {
      code: "rename_key",
      edits: [
        { path: ["receivers", 0, "slack_configs", 0, "title"] },
        { path: ["receivers", 0, "slack_configs", 0, "text"], value: "t" },
      ],
    });
    expect(fixed.receivers?.[0]).toEqual({ name: "a", slack_configs: [{ channel: "#a", text: "t" }] });
    expect(fixed.route).toBe(config.route);
    expect(fixed.receivers?.[1]).toBe(config.receivers?.[1]);
  });

  it("removes several items of one list, in whatever order they are named", () => {
    for (const places of [
      [0, 2],
      [2, 0],
    ]) {
      const edits = places.map((index) => ({ path: ["route", "routes", index] }));
      expect(applyFix(config, { code: "remove_items", edits }).route?.routes).toEqual([{ receiver: "b" }]);
    }
  });

  it("removes an item only after what it changes in a later one", () => {
    const edits = [
      { path: ["route", "routes", 0] },
      { path: ["route", "routes", 2, "receiver"], value: "z" },
      { path: ["route", "routes", 2, "continue"], value: true },
    ];
    expect(applyFix(config, { code: "mixed", edits }).route?.routes).toEqual([
      { receiver: "b" },
      { receiver: "z", continue: true },
    ]);
  });

  it("does an item's own edits before the item itself goes", () => {
    const edits = [{ path: ["receivers", 0] }, { path: ["receivers", 0, "name"], value: "gone" }];
    expect(applyFix(config, { code: "mixed", edits }).receivers).toEqual([{ name: "b" }]);
  });
});

describe("setAt", () => {
  it.each<[string, Json, (string | number)[], Json | undefined, Json]>([
    ["makes the objects on the way", {}, ["a", "b"], 1, { a: { b: 1 } }],
    ["makes a list where a number follows", {}, ["a", 0, "b"], 1, { a: [{ b: 1 }] }],
    ["replaces a scalar on the way", { a: "text" }, ["a", "b"], 1, { a: { b: 1 } }],
    ["sets null, which is not nothing", { a: 1 }, ["a"], null, { a: null }],
    ["replaces an item", { a: [1, 2] }, ["a", 1], 3, { a: [1, 3] }],
    ["leaves out a key that is not there", { a: 1 }, ["b"], undefined, { a: 1 }],
    ["replaces the whole", { a: 1 }, [], 2, 2],
    ["keeps the whole when it has nothing to put there", { a: 1 }, [], undefined, { a: 1 }],
  ])("%s", (_what, target, path, value, expected) => {
    frozen(target);
    expect(setAt(target, path, value)).toEqual(expected);
  });
});
