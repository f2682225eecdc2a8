import { expect, test } from "vitest";
import { fairShare } from "./fair-share";

/** Work that runs until it is told to end. */
function held() {
  const ends: (() => void)[] = [];
  return { ends, work: () => new Promise<void>((resolve) => ends.push(resolve)) };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("one key never runs more than its share, in the order in which they came; another is not held up", async () => {
  const share = fairShare();
  const { ends, work } = held();
  const order: number[] = [];
  const all = [1, 2, 3, 4, 5].map((n) => share.run("busy", 2, () => work().then(() => order.push(n))));
  await settle();
  expect(ends).toHaveLength(2);
  expect(await share.run("quiet", 2, async () => "at once")).toBe("at once");
  for (let n = 0; n < 5; n++) {
    ends[n]?.();
    await settle();
    expect(ends).toHaveLength(Math.min(5, n + 3));
  }
  await Promise.all(all);
  expect(order).toEqual([1, 2, 3, 4, 5]);
});

test("work that fails leaves its place", async () => {
  const share = fairShare();
  const failing = () => share.run("a", 1, () => Promise.reject(new Error("no")));
  await expect(Promise.allSettled([failing(), failing()])).resolves.toHaveLength(2);
  expect(await share.run("a", 1, async () => "free")).toBe("free");
});

test("whoever finds too many waiting, or waits too long, is told so", async () => {
  const share = fairShare({ mostWaiting: 1, waitMs: 20 });
  const { ends, work } = held();
  const [first, second] = [share.run("a", 1, work), share.run("a", 1, work)];
  await expect(share.run("a", 1, work)).rejects.toMatchObject({ code: "not_ready" });
  await expect(second).rejects.toMatchObject({ code: "not_ready" });
  ends[0]?.();
  await first;
  expect(await share.run("a", 1, async () => "free")).toBe("free");
});

test("what work starts for the same key runs in its place, so that nobody waits for themselves", async () => {
  const share = fairShare({ waitMs: 50 });
  const inner = () => share.run("a", 1, async () => "inside");
  expect(await share.run("a", 1, inner)).toBe("inside");
  // Of another key it waits like everybody.
  const { ends, work } = held();
  const busy = share.run("b", 1, work);
  await expect(share.run("a", 1, () => share.run("b", 1, work))).rejects.toMatchObject({ code: "not_ready" });
  ends[0]?.();
  await busy;
});
