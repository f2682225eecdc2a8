import { expect, it } from "vitest";
import { retry } from "./retry";

it("waits longer each time, up to the limit, and throws the last error", async () => {
  const waits: number[] = [];
  const failing = retry(async (attempt) => Promise.reject(new Error(`attempt ${attempt}`)), {
    attempts: 5,
    baseMs: 100,
    maxMs: 300,
    random: () => 1,
    sleep: async (ms) => waits.push(ms),
  });
  await expect(failing).rejects.toThrow("attempt 5");
  expect(waits).toEqual([100, 200, 300, 300]);
});

it("does not repeat what is not worth repeating", async () => {
  let calls = 0;
  const failing = retry(async () => Promise.reject(new Error(`call ${++calls}`)), {
    attempts: 5,
    retryIf: () => false,
  });
  await expect(failing).rejects.toThrow("call 1");
});
