import { expect, test, vi } from "vitest";
import { type Ask, leasedRate } from "./leased-rate";

/** What the database does, with a clock of the test. */
function counter() {
  let at = 0;
  const asks: Ask[] = [];
  const used = new Map<string, { used: number; at: number }>();
  const lease = async (ask: Ask) => {
    asks.push(ask);
    const { perMinute, fewest, wanted, back } = ask;
    const key = `${ask.tenantId} ${ask.rate}`;
    const held = used.get(key) ?? { used: 0, at };
    const gone = Math.max(0, held.used - ((at - held.at) / 60_000) * perMinute - back);
    const granted = perMinute - gone >= fewest ? Math.max(fewest, Math.floor(Math.min(wanted, perMinute - gone))) : 0;
    used.set(key, { used: gone + granted, at });
    return { granted, wait: granted > 0 ? 0 : ((fewest - (perMinute - gone)) / perMinute) * 60 };
  };
  return {
    asks,
    process: () => leasedRate({ lease, now: () => at }),
    pass: (ms: number) => {
      at += ms;
    },
  };
}

type Process = ReturnType<typeof leasedRate>;
const many = (on: Process, times: number, perMinute: number) =>
  Promise.all(Array.from({ length: times }, () => on.take("a", "apiRate", perMinute)));
const letIn = (waits: number[]) => waits.filter((wait) => wait === 0).length;

test("processes have one limit together, and who was refused asks nobody for a second", async () => {
  const { asks, process, pass } = counter();
  const [one, two, three] = [process(), process(), process()];
  const waits = await Promise.all([many(one, 500, 600), many(two, 500, 600), many(three, 500, 600)]);
  expect(letIn(waits.flat())).toBe(600);
  expect(asks.length).toBeLessThan(20);
  expect(letIn(await many(one, 1, 600))).toBe(0);
  const before = asks.length;
  await many(one, 1_000, 600);
  expect(asks).toHaveLength(before);
  pass(1_000);
  expect(letIn(await many(one, 100, 600))).toBe(10);
});

test("a busy tenant is a statement for a second's worth, not one for each request", async () => {
  const { asks, process, pass } = counter();
  const one = process();
  for (let n = 0; n < 3_000; n++) {
    pass(10);
    expect(await one.take("a", "apiRate", 6_000)).toBe(0);
  }
  expect(asks).toHaveLength(30);
});

test("what an idle process leased is given back, so that slow use by many processes is never refused", async () => {
  const { process, pass } = counter();
  const processes = Array.from({ length: 50 }, process);
  for (let round = 0; round < 30; round++) {
    for (const one of processes) expect(await one.take("a", "apiRate", 600)).toBe(0);
    pass(6_000);
  }
});

test("another limit holds at once: what was used stays used, and a refusal of before is forgotten", async () => {
  const { process } = counter();
  const one = process();
  expect(letIn(await many(one, 100, 60))).toBe(60);
  expect(letIn(await many(one, 200, 120))).toBe(60);
  expect(letIn(await many(one, 10, 60))).toBe(0);
});

test("a large call is all or none, refuses no small one, and may be more than a minute's worth", async () => {
  const { process, pass } = counter();
  const one = process();
  expect(await one.take("a", "tapRate", 100, 70)).toBe(0);
  expect(await one.take("a", "tapRate", 100, 70)).toBe(24);
  expect(await one.take("a", "tapRate", 100, 20)).toBe(0);
  expect(await one.take("b", "tapRate", 100, 1_000)).toBe(0);
  expect(await one.take("b", "tapRate", 100, 1)).toBe(1);
  pass(60_000);
  expect(await one.take("b", "tapRate", 100, 1_000)).toBe(0);
});

test("without the database each process counts alone", async () => {
  vi.stubEnv("LOG_LEVEL", "silent");
  const lease = () => Promise.reject(new Error("gone"));
  const one = leasedRate({ lease, now: () => 0 });
  expect(letIn(await many(one, 100, 60))).toBe(60);
  vi.unstubAllEnvs();
});

test("a tenant that nobody saw for long is forgotten", async () => {
  const { asks, process } = counter();
  const one = process();
  for (let n = 0; n <= 5_000; n++) await one.take(`t${n}`, "apiRate", 6_000);
  await one.take("t5000", "apiRate", 6_000);
  expect(asks).toHaveLength(5_001);
  await one.take("t0", "apiRate", 6_000);
  expect(asks).toHaveLength(5_002);
});
