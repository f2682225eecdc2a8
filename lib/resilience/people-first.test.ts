import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type PeopleFirst, peopleFirst } from "./people-first";

beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "setImmediate", "performance"],
    }),
);
afterEach(() => void vi.useRealTimers());

type Begun = { key: string; end: () => void };

/** Programs as they begin, in their order; `null` for one that was refused. */
function programs(first: PeopleFirst) {
  const begun: (Begun | null)[] = [];
  return {
    begun,
    keys: () => begun.map((one) => one?.key ?? null),
    ask: async (key: string, times = 1) => {
      for (let time = 0; time < times; time++) {
        void first.program(key).then((end) => begun.push(end && { key, end }));
      }
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

it("lets a program begin at once where no person is near, sixteen side by side", async () => {
  const { ask, begun } = programs(peopleFirst());
  await ask("ci", 20);
  expect(begun).toHaveLength(16);
  begun[0]?.end();
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toHaveLength(17);
});

it("lets a program begin when nothing is done for people, one after the other", async () => {
  const first = peopleFirst();
  const { ask, begun } = programs(first);
  const [one, another] = [first.person(), first.person()];
  await ask("ci", 2);
  one();
  await vi.advanceTimersByTimeAsync(10);
  expect(begun).toHaveLength(0);
  another();
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(20);
  expect(begun).toHaveLength(1);
  begun[0]?.end();
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toHaveLength(2);
});

it("has one program begin every 50 ms, however many people are there", async () => {
  const first = peopleFirst();
  const { ask, begun } = programs(first);
  const person = setInterval(() => first.person(), 10);
  first.person();
  await ask("ci", 30);
  await vi.advanceTimersByTimeAsync(1_010);
  expect(begun.length).toBeGreaterThanOrEqual(19);
  expect(begun.length).toBeLessThanOrEqual(21);
  clearInterval(person);
});

it("gives those who wait their turns one after the other, whoever asks more", async () => {
  const first = peopleFirst();
  const { ask, begun, keys } = programs(first);
  const end = first.person();
  await ask("busy", 50);
  await ask("quiet", 2);
  end();
  for (let turn = 0; turn < 5; turn++) {
    await vi.advanceTimersByTimeAsync(1);
    begun.at(-1)?.end();
  }
  expect(keys()).toEqual(["busy", "quiet", "busy", "quiet", "busy"]);
});

it("refuses who would wait long, and the hundred and first who waits", async () => {
  const first = peopleFirst();
  const { ask, begun } = programs(first);
  const person = setInterval(() => first.person(), 10);
  first.person();
  await ask("ci", 101);
  expect(begun).toEqual([null]);
  await ask("other", 1);
  await vi.advanceTimersByTimeAsync(5_100);
  expect(begun.filter((one) => one?.key === "other")).toHaveLength(1);
  const refused = begun.filter((one) => one === null).length;
  // Twenty a second began in the 5 s, one of them the other's.
  expect(refused).toBeGreaterThanOrEqual(1);
  expect(refused + begun.filter((one) => one?.key === "ci").length).toBe(101);
  clearInterval(person);
});

it("does not count what takes long: it waits for something else", async () => {
  const first = peopleFirst();
  const { ask, begun } = programs(first);
  first.person();
  await ask("ci", 2);
  expect(begun).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(50);
  expect(begun).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(49);
  expect(begun).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(160);
  await ask("ci", 1);
  expect(begun.length).toBeGreaterThanOrEqual(2);
});
