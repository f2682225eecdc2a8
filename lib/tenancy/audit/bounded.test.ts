import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Bounded } from "./bounded";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function world(most = 3) {
  const told: [string, number][] = [];
  const bounded = new Bounded({ windowMs: 60_000, most });
  const write = (what: string) => async (times: number) => {
    told.push([what, times]);
  };
  const happens = (key: string, group = "g") =>
    bounded.record({ key, group, write: write(key), writeGroup: write(`all of ${group}`) });
  return { told, bounded, happens };
}

test("the first time is written at once, the others of the minute as one", async () => {
  const { told, happens } = world();
  for (let time = 0; time < 500; time++) await happens("a");
  expect(told).toEqual([["a", 1]]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([
    ["a", 1],
    ["a", 499],
  ]);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(told).toHaveLength(2);
  await happens("a");
  expect(told.at(-1)).toEqual(["a", 1]);
});

test("somebody who varies what they do fills no log either", async () => {
  const { told, bounded, happens } = world(3);
  for (let time = 0; time < 1_000; time++) await happens(`guess ${time}`);
  await happens("elsewhere", "h");
  expect(told).toEqual([
    ["guess 0", 1],
    ["guess 1", 1],
    ["guess 2", 1],
    ["all of g", 1],
    ["elsewhere", 1],
  ]);
  await bounded.flush();
  expect(told.at(-1)).toEqual(["all of g", 996]);
  // After the window there is room again.
  await happens("guess 5");
  expect(told.at(-1)).toEqual(["guess 5", 1]);
});

test("what cannot be written is told to whoever did it first, and to nobody later", async () => {
  const bounded = new Bounded({ most: 1 });
  const fails = async () => {
    throw new Error("no database");
  };
  const happens = () => bounded.record({ key: "a", group: "g", write: fails, writeGroup: fails });
  await expect(happens()).rejects.toThrow("no database");
  await expect(happens()).resolves.toBeUndefined();
  await expect(bounded.flush()).resolves.toBeUndefined();
});
