import { expect, it } from "vitest";
import { turnAway, turnedAway } from "./turned-away";

it("refuses the same credential in the same tenant, for a second at most, and nobody else", () => {
  turnAway("sbx_1", "acme", { body: "later", retryAfter: 30 }, 10_000);
  expect(turnedAway("sbx_1", "acme", 10_999)).toBe("later");
  expect(turnedAway("sbx_2", "acme", 10_500)).toBeNull();
  expect(turnedAway("sbx_1", "other", 10_500)).toBeNull();
  expect(turnedAway("sbx_1", "acme", 11_000)).toBeNull();
  expect(turnedAway("sbx_1", "acme", 10_500)).toBeNull();
});

it("holds for as long as it said when that is less", () => {
  turnAway("a", "acme", { body: "x", retryAfter: 0.25 }, 0);
  expect(turnedAway("a", "acme", 249)).toBe("x");
  expect(turnedAway("a", "acme", 250)).toBeNull();
});

it("keeps a bounded number and no credential", () => {
  for (let n = 0; n < 3_000; n++) turnAway(`secret-${n}`, "acme", { body: "x", retryAfter: 1 }, 0);
  const kept = (globalThis as { signalboxTurnedAway?: Map<string, unknown> }).signalboxTurnedAway;
  expect(kept?.size).toBe(1_000);
  expect(JSON.stringify([...(kept ?? [])])).not.toContain("secret-");
  expect(turnedAway("secret-2999", "acme", 1)).toBe("x");
});
