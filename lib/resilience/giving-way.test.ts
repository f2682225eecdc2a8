import { expect, it } from "vitest";
import { givingWay } from "./giving-way";

/** A process on a clock of its own: who waits goes on when the clock is there. */
function world() {
  let clock = 0;
  let load = 0;
  const waiting: { at: number; go: () => void }[] = [];
  const way = givingWay({
    now: () => clock,
    load: () => load,
    wait: (ms) => new Promise<void>((go) => waiting.push({ at: clock + ms, go })),
  });
  return {
    way,
    setLoad: (value: number) => {
      load = value;
    },
    /** Lets the time pass, one millisecond after the other. */
    async pass(ms: number, each: (at: number) => void = () => undefined) {
      for (const end = clock + ms; clock < end; clock++) {
        each(clock);
        for (const one of waiting.filter(({ at }) => at <= clock)) {
          waiting.splice(waiting.indexOf(one), 1);
          one.go();
        }
        await Promise.resolve();
      }
    },
  };
}

/** A program asks 200 times a second for `ms`; how many began and how many were refused. */
async function hammer({ way, pass }: ReturnType<typeof world>, ms: number, key = "busy") {
  const counts = { begun: 0, refused: 0 };
  await pass(ms, (at) => {
    if (at % 5 !== 0) return;
    void way.turn(key).then(
      () => counts.begun++,
      () => counts.refused++,
    );
  });
  return counts;
}

it("lets a program do what it can while nobody else is there, however busy it makes the process", async () => {
  const alone = world();
  alone.setLoad(1);
  expect(await hammer(alone, 5_000)).toEqual({ begun: 1_000, refused: 0 });
});

it("lets it do what it can beside others while there is room", async () => {
  const roomy = world();
  roomy.setLoad(0.4);
  const others = { ...roomy, pass: (ms: number, each?: (at: number) => void) => roomy.pass(ms, also(roomy, each)) };
  expect(await hammer(others, 5_000)).toEqual({ begun: 1_000, refused: 0 });
});

it("slows it down to its least on a busy process beside others, refuses what would wait long, and lets it go when it is calm", async () => {
  const busy = world();
  busy.setLoad(0.9);
  const others = { ...busy, pass: (ms: number, each?: (at: number) => void) => busy.pass(ms, also(busy, each)) };
  await hammer(others, 3_000);
  const held = await hammer(others, 10_000);
  // Forty of these ten seconds were for who waited already.
  expect(held.begun).toBeGreaterThanOrEqual(150);
  expect(held.begun).toBeLessThanOrEqual(230);
  expect(held.refused).toBeGreaterThan(1_500);
  busy.setLoad(0.1);
  await hammer(others, 6_000);
  expect(await hammer(others, 1_000)).toMatchObject({ refused: 0 });
});

it("never holds who asks little", async () => {
  const busy = world();
  busy.setLoad(1);
  const begun: number[] = [];
  await busy.pass(5_000, (at) => {
    busy.way.seen("other");
    if (at % 100 === 0) void busy.way.turn("quiet").then(() => begun.push(at));
  });
  expect(begun).toHaveLength(50);
});

function also({ way }: ReturnType<typeof world>, each: (at: number) => void = () => undefined) {
  return (at: number) => {
    if (at % 20 === 0) way.seen("other");
    each(at);
  };
}
