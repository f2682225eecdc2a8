import { describe, expect, it } from "vitest";
import { kindOf, layFlows, MOST_RIBBONS } from "./flow-layout";

const flows = [
  { from: "pager", to: "chat", alerts: 120 },
  { from: null, to: "pager", alerts: 14 },
  { from: "mail", to: null, alerts: 3 },
  { from: "pager", to: "pager", alerts: 48 },
];

describe("the picture of flows", () => {
  it("has each receiver once on its side, nobody at the bottom", () => {
    const { left, right } = layFlows(flows);
    expect(left.map(({ name, alerts }) => [name, alerts])).toEqual([
      ["pager", 168],
      ["mail", 3],
      [null, 14],
    ]);
    expect(right.map(({ name, alerts }) => [name, alerts])).toEqual([
      ["pager", 62],
      ["chat", 120],
      [null, 3],
    ]);
  });

  it("draws each flow as thick as it has alerts, from inside its one end to inside its other", () => {
    const { left, right, ribbons, height } = layFlows(flows);
    for (const { path, from, to, alerts } of ribbons) {
      const numbers = path.match(/-?[\d.]+/g)?.map(Number) ?? [];
      const [start, end, low] = [numbers[1] ?? -1, numbers[7] ?? -1, numbers[8] ?? -1];
      const [source, sink] = [left.find(({ name }) => name === from), right.find(({ name }) => name === to)];
      expect(start).toBeGreaterThanOrEqual((source?.top ?? 0) - 0.1);
      expect(end).toBeGreaterThanOrEqual((sink?.top ?? 0) - 0.1);
      expect(low).toBeLessThanOrEqual((sink?.top ?? 0) + (sink?.height ?? 0) + 0.1);
      expect(low - end).toBeCloseTo(Math.max(2, (alerts / 185) * 180), 0);
      expect(low).toBeLessThanOrEqual(height);
    }
  });

  it("gives every name room and stays within a few flows of many", () => {
    const many = Array.from({ length: 60 }, (_, at) => ({ from: `r${at}`, to: "x", alerts: 1 }));
    const { left, ribbons } = layFlows(many);
    expect(ribbons).toHaveLength(MOST_RIBBONS);
    const middles = left.map(({ top, height }) => top + height / 2);
    for (const [at, middle] of middles.entries()) {
      if (at > 0) expect(middle - (middles[at - 1] ?? 0)).toBeGreaterThanOrEqual(40);
    }
  });

  it("is empty when nothing changes", () => {
    expect(layFlows([])).toEqual({ left: [], right: [], ribbons: [], height: 0 });
  });
});

it.each([
  ["a", "a", "unchanged"],
  ["a", "b", "moved"],
  [null, "b", "gained"],
  ["a", null, "lost"],
])("from %s to %s is %s", (from, to, kind) => {
  expect(kindOf({ from, to })).toBe(kind);
});
