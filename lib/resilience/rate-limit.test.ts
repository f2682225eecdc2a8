import { expect, test } from "vitest";
import { addressKey, rateLimit } from "./rate-limit";

test("allows a minute's worth at once, then one at a time, and says when", () => {
  const limit = rateLimit(6);
  expect(Array.from({ length: 6 }, () => limit.take("a", 0))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(limit.take("a", 0)).toBe(10);
  expect(limit.take("a", 4_000)).toBe(6);
  expect(limit.take("a", 10_000)).toBe(0);
  expect(limit.take("a", 10_000)).toBe(10);
  // However long somebody was away, no more than a minute's worth is saved up.
  expect(Array.from({ length: 7 }, () => limit.take("a", 3_600_000) === 0).filter(Boolean)).toHaveLength(6);
});

test("asking too often does not make the wait longer, and nobody waits for another", () => {
  const limit = rateLimit(1);
  limit.take("a", 0);
  for (let at = 0; at < 59_000; at += 1_000) expect(limit.take("a", at)).toBe(60 - at / 1000);
  expect(limit.take("b", 30_000)).toBe(0);
  expect(limit.take("a", 60_000)).toBe(0);
});

test("what comes together passes together or not at all, and a full bucket lets more than a minute's worth pass", () => {
  const limit = rateLimit(60);
  expect(limit.take("a", 0, 40)).toBe(0);
  expect(limit.take("a", 0, 40)).toBe(20);
  expect(limit.take("a", 0, 20)).toBe(0);
  expect(limit.take("a", 0)).toBe(1);
  expect(limit.take("b", 0, 1_000)).toBe(0);
  expect(limit.take("b", 0)).toBe(1);
});

test("0 means no limit", () => {
  const limit = rateLimit(0);
  for (let n = 0; n < 1_000; n++) expect(limit.take("a", 0)).toBe(0);
});

test("holds no more keys than allowed, and forgets who was silent longest", () => {
  const limit = rateLimit(1, 3);
  for (const key of ["a", "b", "c"]) limit.take(key, 0);
  expect(limit.take("a", 1)).toBeGreaterThan(0);
  limit.take("d", 2);
  expect(limit.take("a", 3)).toBeGreaterThan(0);
  expect(limit.take("b", 3)).toBe(0);

  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 300_000; n++) limit.take(`key ${n}`, 10);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * 1024 * 1024);
});

test("an IPv6 network counts as one, an IPv4 address for itself", () => {
  expect(addressKey("203.0.113.9")).toBe("203.0.113.9");
  expect(addressKey("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(addressKey("2001:0DB8:1:2::9")).toBe("2001:db8:1:2::/64");
  expect(addressKey("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(addressKey("::1")).toBe("0:0:0:0::/64");
  expect(addressKey("unknown")).toBe("unknown");
});
