import { expect, test } from "vitest";
import { parseConfig, profileFor } from "@/lib/alertmanager";
import { quantile } from "./figures";
import { largeConfig } from "./large-config";
import { mainThreadPerFrame, mainThreadPerKey, type TraceEvent } from "./main-thread";

test("a quantile is a value that was measured, and the share below it is at least the one asked for", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.95, 0.99, 1].map((share) => quantile(values, share))).toEqual([50, 95, 99, 100]);
  expect(quantile([7], 0.99)).toBe(7);
});

test("the large configuration is one that Alertmanager loads, with a route and a receiver per team", () => {
  const { config, diagnostics } = parseConfig(largeConfig(30), {
    profile: profileFor("alertmanager@0.25"),
    newId: () => crypto.randomUUID(),
  });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(config?.receivers).toHaveLength(31);
  expect(config?.route?.routes).toHaveLength(30);
});

const MAIN = { pid: 1, tid: 1 };
const task = (ts: number, dur: number, more: Partial<TraceEvent> = {}): TraceEvent => ({
  name: "RunTask",
  ph: "X",
  ts,
  dur,
  ...MAIN,
  ...more,
});
const key = (ts: number): TraceEvent => ({
  name: "EventDispatch",
  ph: "X",
  ts,
  dur: 1,
  args: { data: { type: "keydown" } },
  ...MAIN,
});

test("a key is charged with its own task and what follows in its window, once, on its own thread", () => {
  const events = [
    task(0, 900),
    task(1_000, 3_000, { tdur: 1_500 }),
    key(1_100),
    task(1_200, 500),
    task(20_000, 7_000, { tdur: 6_500 }),
    task(20_000, 50_000, { tid: 2 }),
    task(400_000, 9_000),
    task(500_000, 2_000),
    key(500_500),
  ];
  expect(mainThreadPerKey(events, 300)).toEqual([10, 2]);
  expect(mainThreadPerKey(events, 300, "tdur")).toEqual([8, 0]);
});

test("a trace without a key is an error, not a perfect figure", () => {
  expect(() => mainThreadPerKey([task(0, 1)], 300)).toThrow("no key");
});

test("a frame is charged with the task that draws it and with what ends before the next one", () => {
  const frame = (ts: number): TraceEvent => ({ name: "FireAnimationFrame", ph: "X", ts, dur: 1, ...MAIN });
  const events = [
    task(0, 900),
    task(1_000, 4_000, { tdur: 3_000 }),
    frame(1_100),
    task(6_000, 500, { tdur: 500 }),
    task(6_000, 90_000, { tid: 2 }),
    task(16_000, 30_000, { tdur: 9_000 }),
    frame(17_000),
    frame(50_000),
    task(50_500, 900),
  ];
  expect(mainThreadPerFrame(events)).toEqual([4.5, 30]);
  expect(mainThreadPerFrame(events, "tdur")).toEqual([3.5, 9]);
  expect(() => mainThreadPerFrame([task(0, 1)])).toThrow("no frame");
});
